package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Emitter;
import io.vigia.core.pipeline.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An engine that keeps every key as a head and parts, reads it for each event, and writes it after
 * it or some events later.
 */
final class StoredStateContractTest extends EngineContract {
  private static final int HELD = 2;

  /** The most parts that a key ever had, so that a test can say that there were some. */
  private int segments;

  @Override
  protected Map<String, String> decide(CompiledPipeline pipeline, List<List<Event>> runs) {
    Engine engine = new Engine(pipeline);
    for (List<Event> run : runs) {
      run.forEach(engine::process);
      engine.forgetAllInMemory();
    }
    return engine.decisions;
  }

  @Override
  @Test
  protected void decide_longWindows_equalsReplay() {
    super.decide_longWindows_equalsReplay();
    assertTrue(segments > 3, "parts of a key: at most " + segments);
  }

  private final class Engine implements Emitter {
    final Map<String, String> decisions = new LinkedHashMap<>();
    private final CompiledPipeline pipeline;
    private final List<Map<String, KeyInParts>> keys = new ArrayList<>();
    private final Random random = new Random(1);
    private final long outOfOrderMs;
    private long newestMs = Long.MIN_VALUE;
    private boolean goesOn;

    Engine(CompiledPipeline pipeline) {
      this.pipeline = pipeline;
      pipeline.stages().forEach(stage -> keys.add(new HashMap<>()));
      outOfOrderMs =
          pipeline.streams().stream().mapToLong(s -> s.definition().outOfOrderMs()).max().orElse(0);
    }

    void process(Event event) {
      Row row = pipeline.row(event, 1, null);
      goesOn = true;
      for (int i = 0; goesOn && i < keys.size(); i++) {
        Stage stage = pipeline.stages().get(i);
        String name = stage.keyOf(row);
        if (name != null) {
          KeyInParts key = keys.get(i).computeIfAbsent(name, n -> new KeyInParts(stage));
          goesOn = false;
          stage.process(key.open(), row, this);
          settle(key);
        }
      }
      newestMs = Math.max(newestMs, event.timeMs());
      if (goesOn) {
        decide(row);
        letTimePass(newestMs - outOfOrderMs);
      }
    }

    private void decide(Row row) {
      Decision decision = pipeline.decide(row);
      decisions.putIfAbsent(row.event().id(), shown(decision));
    }

    private void letTimePass(long timeMs) {
      for (int i = 0; i < keys.size(); i++) {
        Stage stage = pipeline.stages().get(i);
        Emitter silent = new Silent(this);
        if (stage.hasTimers()) {
          keys.get(i)
              .forEach(
                  (name, key) -> {
                    if (stage.nextDueMs(key.open()) <= timeMs) {
                      stage.advanceTo(
                          key.open(), name, timeMs, e -> pipeline.row(e, 1, null), silent);
                      settle(key);
                    }
                  });
        }
        keys.get(i).values().removeIf(key -> stage.expiresMs(key.open()) <= timeMs);
      }
    }

    /** Now and then it is written, and then forgotten, or only what was read of its windows. */
    private void settle(KeyInParts key) {
      if (random.nextInt(HELD) == 0) {
        key.save();
        segments = Math.max(segments, key.parts());
        if (random.nextBoolean()) {
          key.drop();
        } else {
          key.open().release();
        }
      }
    }

    void forgetAllInMemory() {
      for (Map<String, KeyInParts> stage : keys) {
        for (KeyInParts key : stage.values()) {
          key.save();
          key.drop();
        }
      }
    }

    @Override
    public void forward(Row row) {
      goesOn = true;
    }

    @Override
    public void repeat(Row row) {}

    @Override
    public void conflict(Row row) {}
  }

  private record Silent(Engine engine) implements Emitter {
    @Override
    public void forward(Row row) {
      engine.decide(row);
    }

    @Override
    public void repeat(Row row) {}

    @Override
    public void conflict(Row row) {}
  }
}
