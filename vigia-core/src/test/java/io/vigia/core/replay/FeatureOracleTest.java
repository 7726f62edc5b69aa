package io.vigia.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.vigia.core.event.Event;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines over random streams, every feature of every event against its definition.
 *
 * <p>The seed of a failing case is printed; {@code -Dvigia.seed=N} runs that case alone.
 */
class FeatureOracleTest {
  private static final int CASES = Integer.getInteger("vigia.cases", 500);
  private static final int STREAMS_A_CASE = 6;
  private static final int EVENTS = 120;

  @Test
  void features_eventsInOrder_equalTheDefinition() {
    run("in order", 0, false);
  }

  @Test
  void features_eventsOutOfOrder_equalTheDefinition() {
    run("out of order", RandomPipeline.OUT_OF_ORDER_MS, false);
  }

  @Test
  void features_restoredInTheMiddle_equalTheDefinition() {
    run("restored", RandomPipeline.OUT_OF_ORDER_MS, true);
  }

  @Test
  void features_eventsBeyondTheirLateness_areMarkedLate() {
    PipelineDefinition definition = RandomPipeline.of(new Random(1), 1);
    CompiledPipeline pipeline = RandomPipeline.compile(definition);
    Set<Boolean> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      Replay replay = new Replay(pipeline, 1);
      for (Event event : RandomEvents.of(pipeline, new Random(seed), EVENTS, 2_000, false)) {
        Replay.Result result = replay.process(event);
        seen.add(result.row().late());
      }
    }
    assertEquals(Set.of(true, false), seen);
  }

  private static void run(String name, long disorderMs, boolean restore) {
    Integer only = Integer.getInteger("vigia.seed");
    int from = only == null ? 0 : only;
    int to = only == null ? CASES : only + 1;
    for (int seed = from; seed < to; seed++) {
      try {
        runCase(seed, disorderMs, restore);
      } catch (RuntimeException | AssertionError e) {
        fail(name + ": -Dvigia.seed=" + seed, e);
      }
    }
  }

  private static void runCase(int seed, long disorderMs, boolean restore) {
    Random random = new Random(seed);
    PipelineDefinition definition = RandomPipeline.of(random, restore ? 1 : 1_000_000);
    CompiledPipeline pipeline = RandomPipeline.compile(definition);
    for (int i = 0; i < STREAMS_A_CASE; i++) {
      runStream(definition, pipeline, random, disorderMs, restore);
    }
  }

  private static void runStream(
      PipelineDefinition definition,
      CompiledPipeline pipeline,
      Random random,
      long disorderMs,
      boolean restore) {
    Replay replay = new Replay(pipeline, 1);
    List<Event> history = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int n = 0;
    for (Event event : RandomEvents.of(pipeline, random, EVENTS, disorderMs, !restore)) {
      if (restore && random.nextInt(7) == 0) {
        replay.sweep();
        replay = Replay.restore(pipeline, 1, replay.snapshot());
      }
      Replay.Result result = replay.process(event);
      n++;
      if (!ids.add(event.id())) {
        continue;
      }
      assertEquals(Replay.Result.Kind.DECIDED, result.kind(), "event " + n);
      history.add(event);
      check(definition, pipeline.features(result.row()), history, event, n);
    }
    assertTrue(n > 0);
  }

  private static void check(
      PipelineDefinition definition,
      Map<String, @Nullable Object> found,
      List<Event> history,
      Event event,
      int n) {
    for (FeatureDefinition feature : definition.features()) {
      String name = feature.name().value();
      if (found.containsKey(name)) {
        Object expected = NaiveFeatures.value(feature, history, event);
        if (!same(expected, found.get(name))) {
          fail(
              "event " + n + " " + feature + ": expected " + expected + ", got " + found.get(name));
        }
      }
    }
  }

  private static boolean same(@Nullable Object expected, @Nullable Object found) {
    if (expected instanceof BigDecimal a && found instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (expected instanceof Double a && found instanceof Double b) {
      return a.doubleValue() == b.doubleValue();
    }
    return Objects.equals(expected, found);
  }
}
