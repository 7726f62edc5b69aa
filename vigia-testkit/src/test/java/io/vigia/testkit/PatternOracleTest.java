package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random patterns over random streams, every event against what the pattern's words say. */
final class PatternOracleTest {
  private static final int CASES = 600;
  private static final int PATTERNS = 3;
  private static final int EVENTS = 60;

  private int matches;

  @Test
  void matched_eventsInOrder_equalsTheDefinition() {
    run("in order", CASES, Duration.ZERO, false);
  }

  @Test
  void matched_eventsOutOfOrder_equalsTheDefinition() {
    run("out of order", CASES, RandomPipeline.OUT_OF_ORDER, false);
  }

  @Test
  void matched_restoredAtEveryPosition_equalsTheDefinition() {
    run("restored", CASES, RandomPipeline.OUT_OF_ORDER, true);
  }

  private void run(String name, int cases, Duration disorder, boolean restored) {
    matches = 0;
    Seeds.run(
        name,
        cases,
        random -> {
          List<RandomPattern> patterns = new ArrayList<>();
          for (int i = 0; i < PATTERNS; i++) {
            patterns.add(new RandomPattern("p" + i, "shop", random));
          }
          CompiledPipeline pipeline = RandomPipeline.compile(with(patterns, random));
          List<Event> events = RandomEvents.of(pipeline).disorder(disorder).events(random, EVENTS);
          check(pipeline, patterns, events, restored);
        });
    assertTrue(matches > cases, "matches: got " + matches);
  }

  private static Text text(String value) {
    return new Text(value, Place.of("random.yaml"));
  }

  private static PipelineDefinition with(List<RandomPattern> patterns, Random random) {
    PipelineDefinition base = RandomPipeline.of(random, RandomPipeline.LONG_DEDUPE);
    List<PatternDefinition> definitions = patterns.stream().map(RandomPattern::definition).toList();
    RuleDefinition rule =
        new RuleDefinition(text("r"), text("a"), text("true"), text("review"), 0, null, false);
    return new PipelineDefinition(
        base.name(),
        base.streams(),
        List.of(),
        definitions,
        base.lists(),
        List.of(rule),
        base.match(),
        base.outcomes(),
        List.of(),
        List.of());
  }

  private void check(
      CompiledPipeline pipeline,
      List<RandomPattern> patterns,
      List<Event> events,
      boolean restored) {
    Replay replay = new Replay(pipeline, 1);
    Map<String, List<Event>> byShop = new HashMap<>();
    Map<String, List<BitSet>> found = new HashMap<>();
    for (Event event : events) {
      if (restored) {
        replay.sweep();
        replay = Replay.restore(pipeline, 1, replay.snapshot());
      }
      Replay.Result result = replay.process(event);
      String shop = shopOf(event);
      if (shop != null) {
        List<Event> own = byShop.computeIfAbsent(shop, s -> new ArrayList<>());
        List<BitSet> ownFound =
            found.computeIfAbsent(shop, s -> Stream.generate(BitSet::new).limit(PATTERNS).toList());
        for (int p = 0; p < PATTERNS; p++) {
          ownFound.get(p).set(own.size(), isMatched(pipeline, result, "p" + p));
        }
        own.add(event);
      }
    }
    assertEquals(0, replay.givenUp());
    byShop.forEach(
        (shop, own) -> {
          for (int p = 0; p < PATTERNS; p++) {
            BitSet expected = NaivePattern.matches(patterns.get(p), own);
            matches += expected.cardinality();
            assertEquals(
                expected,
                found.getOrDefault(shop, List.of()).get(p),
                () -> patterns.toString() + own);
          }
        });
  }

  private static @Nullable String shopOf(Event event) {
    StreamSchema stream = event.stream();
    return (String) event.values().object(stream.position("shop"));
  }

  private static boolean isMatched(
      CompiledPipeline pipeline, Replay.Result result, String pattern) {
    @Nullable Object matched = pipeline.features(result.row()).get("matched");
    return matched instanceof Map<?, ?> parts && Boolean.TRUE.equals(parts.get(pattern));
  }
}
