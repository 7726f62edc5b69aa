package io.vigia.benchmarks.growth;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A compiled pipeline with the states of its keys in a hash map for each stage, and no more. */
final class VigiaEngine implements Engine, Emitter {
  private final CompiledPipeline pipeline;
  private final Stage[] stages;
  private final List<Map<String, KeyState>> states = new ArrayList<>();

  VigiaEngine(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
    this.stages = pipeline.stages().toArray(Stage[]::new);
    pipeline.stages().forEach(stage -> states.add(new HashMap<>()));
  }

  @Override
  public Object judge(Event event) {
    Row row = pipeline.row(event, 1, null);
    for (int i = 0; i < stages.length; i++) {
      String key = stages[i].keyOf(row);
      if (key != null) {
        Map<String, KeyState> known = states.get(i);
        KeyState state = known.get(key);
        if (state == null) {
          state = stages[i].newState();
          known.put(key, state);
        }
        stages[i].process(state, row, this);
      }
    }
    return pipeline.decide(row);
  }

  @Override
  public boolean fired(Object judgement) {
    return !((Decision) judgement).rules().isEmpty();
  }

  @Override
  public int keys() {
    return states.get(0).size();
  }

  /** The bytes of all keys of the last stage in their binary form. */
  int stateBytes() {
    StateOutput output = new StateOutput();
    states.get(states.size() - 1).values().forEach(state -> state.write(output));
    return output.size();
  }

  @Override
  public void forward(Row row) {}

  @Override
  public void repeat(Row row) {
    throw new IllegalStateException("payment " + row.event().id() + ": expected no repeated ids");
  }

  @Override
  public void conflict(Row row) {
    repeat(row);
  }
}
