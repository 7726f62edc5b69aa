package io.vigia.testkit;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.replay.Replay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replay keeps its own contract with a stop and a sweep between every two events. */
final class ReplayContractTest extends EngineContract {
  @Override
  protected Map<String, String> decide(CompiledPipeline pipeline, List<List<Event>> runs) {
    Map<String, String> decisions = new LinkedHashMap<>();
    Replay replay = new Replay(pipeline, 1);
    for (List<Event> run : runs) {
      for (Event event : run) {
        replay = Replay.restore(pipeline, 1, replay.snapshot());
        Decision decision = replay.process(event).decision();
        if (decision != null) {
          decisions.putIfAbsent(event.id(), shown(decision));
        }
        silences(replay)
            .forEach(silence -> decisions.putIfAbsent(silence.event().id(), shown(silence)));
        replay.sweep();
      }
    }
    return decisions;
  }
}
