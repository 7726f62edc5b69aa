package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.vigia.core.event.Event;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.replay.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines whose keys keep few events. What is not marked equals the definition over all
 * events there ever were, also where it reads features that have been marked before; what is marked
 * equals the definition, or that of the documented coarser window, over the values that it has
 * read; and a restore changes neither.
 */
final class CoarseOracleTest {
  private static final int CASES = 200;
  private static final int EVENTS = 150;

  /** What was found of marked values: how many were held against their coarser window, in all. */
  private int compared;

  private int marked;

  /** How many of them were marked for what they had read alone. */
  private int followed;

  @Test
  void features_moreEventsThanKept_areMarkedAndNearTheDefinition() {
    Seeds.run("coarse", CASES, random -> run(random, 1, 6));
    assertCompared();
  }

  /** Panes of minutes rather than of milliseconds, so that they hold several events. */
  @Test
  void features_overMonths_areMarkedAndNearTheDefinition() {
    long times = Duration.ofMinutes(20).toMillis();
    Seeds.run("coarse over months", CASES, random -> run(random, times, 60_000));
    assertCompared();
  }

  private void assertCompared() {
    assertTrue(compared > 1_000, compared + " of " + marked + " marked values compared");
    assertTrue(followed > 1_000, followed + " of " + marked + " marked for what they have read");
  }

  private void run(Random random, long times, long stepMs) {
    CompiledPipeline pipeline =
        RandomPipeline.compile(
            RandomPipeline.withMaxEvents(
                RandomPipeline.slowed(
                    random, RandomPipeline.LONG_DEDUPE.multipliedBy(times), times),
                6 + random.nextInt(30)));
    RandomEvents given = RandomEvents.of(pipeline).step(Duration.ofMillis(stepMs));
    if (random.nextBoolean()) {
      given = given.disorder(RandomPipeline.OUT_OF_ORDER.multipliedBy(times));
    }
    Course course = new Course(pipeline, random);
    given.events(random, EVENTS).forEach(course::process);
  }

  /** One stream of events through one pipeline. */
  private final class Course {
    private final CompiledPipeline pipeline;
    private final Random random;
    private final NaiveFeatures naive;
    private final NaiveFeatures exact;
    private final List<Event> history = new ArrayList<>();
    private final Replay undisturbed;
    private final Map<String, Integer> slots = new HashMap<>();
    private Replay replay;

    Course(CompiledPipeline pipeline, Random random) {
      this.pipeline = pipeline;
      this.random = random;
      this.naive = new NaiveFeatures(pipeline.definition());
      this.exact = new NaiveFeatures(pipeline.definition());
      this.undisturbed = new Replay(pipeline, 1);
      this.replay = new Replay(pipeline, 1);
      pipeline
          .stages()
          .forEach(
              stage ->
                  stage
                      .features()
                      .features()
                      .forEach(feature -> slots.put(feature.name(), feature.variable().slot())));
    }

    void process(Event event) {
      if (random.nextInt(7) == 0) {
        replay = Replay.restore(pipeline, 1, replay.snapshot());
      }
      Replay.Result result = replay.process(event);
      Replay.Result other = undisturbed.process(event);
      history.add(event);
      Map<String, @Nullable Object> found = pipeline.features(result.row());
      BitSet coarse = result.row().coarse() == null ? new BitSet() : result.row().coarse();
      assertEquals(
          pipeline.features(other.row()),
          found,
          () -> "restored, event " + history.size() + ", " + pipeline.definition().features());
      assertEquals(
          other.row().coarse() == null ? new BitSet() : other.row().coarse(),
          coarse,
          "restored, event " + history.size());
      Map<String, @Nullable Object> exactly = exact.values(history, event);
      for (FeatureDefinition feature : pipeline.definition().features()) {
        String name = feature.name().value();
        if (found.containsKey(name)) {
          Object expected = naive.value(feature, feature.window(), history, event);
          if (isCoarse(feature, coarse)) {
            marked++;
            checkCoarse(feature, event, expected, found.get(name));
          } else {
            check(feature, expected, found.get(name), "not marked");
            check(feature, exactly.get(name), found.get(name), "not marked, of all events");
          }
        }
        naive.take(event, name, found.get(name));
      }
    }

    private boolean isCoarse(FeatureDefinition feature, BitSet coarse) {
      return coarse.get(Objects.requireNonNull(slots.get(feature.name().value())));
    }

    private void checkCoarse(
        FeatureDefinition feature, Event event, @Nullable Object exact, @Nullable Object found) {
      if (feature.delayMs() > 0
          || !isInOrder(feature, event)
          || feature.aggregation() == Aggregation.PERCENTILE
          || feature.aggregation() == Aggregation.TOP) {
        return;
      }
      if (readsOthers(feature) && FeatureOracleTest.same(exact, found)) {
        followed++;
        return;
      }
      WindowDefinition window = feature.window();
      switch (window.kind()) {
        case LOOK_BACK -> {
          compared++;
          long resolution = (window.size() + 255) / 256;
          check(
              feature,
              naive.value(feature, window.withResolution(resolution), history, event),
              found,
              "in panes of " + resolution);
        }
        case CALENDAR -> {
          compared++;
          check(feature, exact, found, "of the calendar");
        }
        case EVER -> fail("marked without a reason: " + feature);
        case LAST_EVENTS, SESSION -> {
          if (feature.aggregation() == Aggregation.COUNT) {
            compared++;
            assertTrue(
                (Long) Objects.requireNonNull(found) <= (Long) Objects.requireNonNull(exact),
                feature + ": expected at most " + exact + ", got " + found);
          }
        }
      }
    }

    /** Whether it may be marked for what it has read, while its own window is exact. */
    private boolean readsOthers(FeatureDefinition feature) {
      return slots.keySet().stream()
          .anyMatch(
              name ->
                  Stream.concat(feature.arguments().stream(), feature.conditions().stream())
                      .anyMatch(text -> text.value().matches(name + "( .*)?")));
    }

    /** Whether no later event of the feature's key has come before, by any stream. */
    private boolean isInOrder(FeatureDefinition feature, Event event) {
      return history.stream()
          .allMatch(
              each ->
                  each.timeMs() <= event.timeMs()
                      || !Objects.equals(keyOf(feature, each), keyOf(feature, event)));
    }

    private @Nullable List<String> keyOf(FeatureDefinition feature, Event event) {
      return NaiveFeatures.keyOf(feature, event);
    }

    private void check(
        FeatureDefinition feature, @Nullable Object expected, @Nullable Object found, String what) {
      if (!FeatureOracleTest.same(expected, found)) {
        fail(
            "event %d, %s, %s: expected %s, got %s"
                .formatted(history.size() - 1, what, feature, expected, found));
      }
    }
  }
}
