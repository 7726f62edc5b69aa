package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Engines that are wrong in one way each: the contract has to notice. */
final class EngineContractTest {
  /** An engine that is right but for what its heir changes. */
  private abstract static class Broken extends EngineContract {
    Replay restored(CompiledPipeline pipeline, Replay replay) {
      return replay;
    }

    List<Event> arriving(List<Event> run) {
      return run;
    }

    boolean keepsFirst() {
      return true;
    }

    @Override
    protected Map<String, String> decide(CompiledPipeline pipeline, List<List<Event>> runs) {
      Map<String, String> decisions = new LinkedHashMap<>();
      Replay replay = new Replay(pipeline, 1);
      for (List<Event> run : runs) {
        for (Event event : arriving(run)) {
          Decision decision = replay.process(event).decision();
          if (decision != null) {
            decisions.put(event.id(), shown(decision));
          } else if (!keepsFirst()) {
            decisions.remove(event.id());
          }
          silences(replay).forEach(each -> decisions.put(each.event().id(), shown(each)));
        }
        replay = restored(pipeline, replay);
      }
      return decisions;
    }
  }

  private static final class Forgetful extends Broken {
    @Override
    Replay restored(CompiledPipeline pipeline, Replay replay) {
      return new Replay(pipeline, 1);
    }
  }

  private static final class Sorting extends Broken {
    @Override
    List<Event> arriving(List<Event> run) {
      List<Event> sorted = new ArrayList<>(run);
      sorted.sort(Comparator.comparingLong(Event::timeMs));
      return sorted;
    }
  }

  private static final class Undoing extends Broken {
    @Override
    boolean keepsFirst() {
      return false;
    }
  }

  private static final class Right extends Broken {}

  @Test
  void contract_rightEngine_passes() {
    Right right = new Right();
    right.decide_eventsInOrder_equalsReplay();
    right.decide_eventsOutOfOrder_equalsReplay();
    right.decide_repeatsAndConflicts_changeNothing();
    right.decide_stoppedInTheMiddle_equalsReplay();
    right.decide_keysForgotten_equalsReplay();
    right.decide_longWindows_equalsReplay();
  }

  @Test
  void contract_stateLostAtAStop_fails() {
    AssertionError failure =
        assertThrows(AssertionError.class, new Forgetful()::decide_stoppedInTheMiddle_equalsReplay);
    assertTrue(String.valueOf(failure.getMessage()).contains("-Dvigia.seed="));
  }

  @Test
  void contract_eventsPutInOrder_fails() {
    assertThrows(AssertionError.class, new Sorting()::decide_eventsOutOfOrder_equalsReplay);
  }

  @Test
  void contract_repeatsTakeBackTheirDecision_fails() {
    assertThrows(AssertionError.class, new Undoing()::decide_repeatsAndConflicts_changeNothing);
  }
}
