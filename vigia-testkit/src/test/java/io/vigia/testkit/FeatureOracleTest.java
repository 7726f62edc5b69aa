package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.vigia.core.decision.Decision;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.replay.Replay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random pipelines over random streams, every feature of every event against its definition. */
final class FeatureOracleTest {
  private static final int CASES = 2_400;
  private static final int STREAMS = 12;
  private static final int EVENTS = 120;

  @Test
  void features_eventsInOrder_equalTheDefinition() {
    run("in order", RandomPipeline.LONG_DEDUPE, events -> events.repeats(25), false);
  }

  @Test
  void features_eventsOutOfOrder_equalTheDefinition() {
    run(
        "out of order",
        RandomPipeline.LONG_DEDUPE,
        events -> events.disorder(RandomPipeline.OUT_OF_ORDER).repeats(25).conflicts(50),
        false);
  }

  @Test
  void features_sweptAndRestoredAtEveryPosition_equalTheDefinition() {
    run(
        "restored at every position",
        RandomPipeline.SHORT_DEDUPE,
        events -> events.disorder(RandomPipeline.OUT_OF_ORDER),
        true);
  }

  @Test
  void features_farApart_equalTheDefinition() {
    run(
        "far apart, restored",
        RandomPipeline.SHORT_DEDUPE,
        events -> events.disorder(RandomPipeline.OUT_OF_ORDER).step(Duration.ofMillis(90)),
        true);
  }

  /** Rows are changed late, deleted and expire; a key is forgotten as soon as it has nothing. */
  @Test
  void tables_readByFeaturesAndRules_equalTheDefinition() {
    for (boolean restored : new boolean[] {false, true}) {
      Oracle.run(
          "tables" + (restored ? ", restored at every position" : ""),
          CASES,
          STREAMS,
          random ->
              new Case(
                  RandomTables.of(
                      random, restored ? RandomPipeline.SHORT_DEDUPE : RandomPipeline.LONG_DEDUPE),
                  pipeline -> RandomEvents.of(pipeline).disorder(RandomPipeline.OUT_OF_ORDER),
                  restored));
    }
  }

  @Test
  void features_atTheBeginningAndEndOfTime_equalTheDefinition() {
    long first = Instant.parse("0001-01-01T00:00:01Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:00Z").toEpochMilli();
    for (long start : new long[] {first, -1_000, last}) {
      Oracle.run(
          "features from " + start,
          CASES / 6,
          STREAMS,
          random ->
              new Case(
                  RandomPipeline.of(random, RandomPipeline.LONG_DEDUPE),
                  pipeline ->
                      RandomEvents.of(pipeline).from(start).disorder(RandomPipeline.OUT_OF_ORDER),
                  true));
    }
  }

  @Test
  void late_eventsBeyondTheirLateness_areMarked() {
    CompiledPipeline pipeline =
        RandomPipeline.compile(RandomPipeline.of(new Random(1), RandomPipeline.LONG_DEDUPE));
    Set<Boolean> seen = new HashSet<>();
    Seeds.run(
        "late",
        20,
        random -> {
          Replay replay = new Replay(pipeline, 1);
          RandomEvents events = RandomEvents.of(pipeline).disorder(Duration.ofSeconds(2));
          for (Event event : events.events(random, EVENTS)) {
            seen.add(replay.process(event).row().late());
          }
        });
    assertEquals(Set.of(true, false), seen);
  }

  /** Hours and days, changes of the clocks, and what is usual, need months rather than seconds. */
  @Test
  void features_overMonths_equalTheDefinition() {
    long times = Duration.ofMinutes(20).toMillis();
    Duration late = RandomPipeline.OUT_OF_ORDER.multipliedBy(times);
    for (boolean restored : new boolean[] {false, true}) {
      Oracle.run(
          "features over months" + (restored ? ", restored" : ""),
          CASES / 2,
          STREAMS,
          random ->
              new Case(
                  RandomPipeline.slowed(
                      random,
                      restored ? RandomPipeline.SHORT_DEDUPE : Duration.ofDays(1000),
                      times),
                  pipeline ->
                      RandomEvents.of(pipeline)
                          .from(Instant.parse("2026-02-20T00:00:00Z").toEpochMilli())
                          .step(Duration.ofMinutes(30 + random.nextInt(600)))
                          .disorder(late),
                  restored));
    }
  }

  private static void run(
      String name, Duration dedupe, UnaryOperator<RandomEvents> settings, boolean restored) {
    Oracle.run(
        "features " + name,
        CASES,
        STREAMS,
        random ->
            new Case(
                RandomPipeline.of(random, dedupe),
                pipeline -> settings.apply(RandomEvents.of(pipeline)),
                restored));
  }

  /** A pipeline, over streams of one kind. */
  private static final class Case implements Oracle.Subject {
    private final CompiledPipeline pipeline;
    private final RandomEvents events;
    private final boolean restored;

    Case(
        PipelineDefinition definition,
        Function<CompiledPipeline, RandomEvents> events,
        boolean restored) {
      this.pipeline = RandomPipeline.compile(definition);
      this.events = events.apply(pipeline);
      this.restored = restored;
    }

    @Override
    public List<Event> stream(Random random) {
      return events.events(random, Oracle.length(random));
    }

    @Override
    public String shown() {
      return Told.pipeline(pipeline.definition());
    }

    @Override
    public int check(List<Event> events) {
      Replay replay = new Replay(pipeline, 1);
      NaiveFeatures naive = new NaiveFeatures(pipeline.definition());
      List<Event> history = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      for (Event event : events) {
        if (restored) {
          replay.sweep();
          replay = Replay.restore(pipeline, 1, replay.snapshot());
        }
        Replay.Result result = replay.process(event);
        boolean isNew = ids.add(event.id());
        assertEquals(isNew, result.kind() == Replay.Result.Kind.DECIDED, () -> Told.event(event));
        if (isNew) {
          history.add(event);
          compare(event, pipeline.features(result.row()), naive.values(history, event));
          compareRules(event, Objects.requireNonNull(result.decision()), naive);
        }
      }
      return events.size();
    }

    private void compare(
        Event event, Map<String, @Nullable Object> found, Map<String, @Nullable Object> naive) {
      found.forEach(
          (name, value) -> {
            if (naive.containsKey(name) && !same(naive.get(name), value)) {
              fail(
                  "%s at %s: expected %s, got %s"
                      .formatted(name, event.id(), naive.get(name), value));
            }
          });
    }

    private void compareRules(Event event, Decision decision, NaiveFeatures naive) {
      Set<String> fired = new HashSet<>();
      decision.rules().forEach(rule -> fired.add(rule.rule()));
      for (RuleDefinition rule : pipeline.definition().rules()) {
        if (rule.id().value().startsWith(RandomTables.READS)
            && rule.on().value().equals(event.stream().name())) {
          assertEquals(
              naive.passes(rule.when(), event),
              fired.contains(rule.id().value()),
              () -> rule.when() + " at " + event.id());
        }
      }
    }
  }

  static boolean same(@Nullable Object expected, @Nullable Object found) {
    if (expected instanceof BigDecimal a && found instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (expected instanceof Double a && found instanceof Double b) {
      return a.doubleValue() == b.doubleValue();
    }
    return Objects.equals(expected, found);
  }
}
