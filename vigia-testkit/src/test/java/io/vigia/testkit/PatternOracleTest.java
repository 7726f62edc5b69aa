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
  private static final int CASES = 3_600;
  private static final int STREAMS = 6;
  private static final int PATTERNS = 3;

  /** More of them find the naive enumerator at its limit. */
  private static final int EVENTS_MAX = 70;

  private int matches;

  @Test
  void matched_eventsInOrder_equalsTheDefinition() {
    run("in order", Duration.ZERO, false);
  }

  @Test
  void matched_eventsOutOfOrder_equalsTheDefinition() {
    run("out of order", RandomPipeline.OUT_OF_ORDER, false);
  }

  @Test
  void matched_restoredAtEveryPosition_equalsTheDefinition() {
    run("restored at every position", RandomPipeline.OUT_OF_ORDER, true);
  }

  private void run(String name, Duration disorder, boolean restored) {
    matches = 0;
    Oracle.run("patterns " + name, CASES, STREAMS, random -> new Case(random, disorder, restored));
    if (Integer.getInteger("vigia.seed") == null) {
      assertTrue(matches > CASES, "matches: got " + matches);
    }
  }

  /** Some patterns, over streams of one kind. */
  private final class Case implements Oracle.Subject {
    private final List<RandomPattern> patterns = new ArrayList<>();
    private final CompiledPipeline pipeline;
    private final RandomEvents events;
    private final boolean restored;

    Case(Random random, Duration disorder, boolean restored) {
      for (int i = 0; i < PATTERNS; i++) {
        patterns.add(new RandomPattern("p" + i, "shop", random));
      }
      this.pipeline = RandomPipeline.compile(with(patterns, random));
      this.events = RandomEvents.of(pipeline).disorder(disorder);
      this.restored = restored;
    }

    @Override
    public List<Event> stream(Random random) {
      return events.events(random, Math.min(EVENTS_MAX, Oracle.length(random)));
    }

    @Override
    public String shown() {
      return Told.pipeline(pipeline.definition());
    }

    @Override
    public int check(List<Event> events) {
      PatternOracleTest.this.check(pipeline, patterns, events, restored);
      return events.size();
    }
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
            int pattern = p;
            assertEquals(
                expected,
                found.getOrDefault(shop, List.of()).get(p),
                () -> "matches of p" + pattern + " among the events of " + shop);
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
