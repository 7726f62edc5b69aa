package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random patterns that end in silence, of several steps over both streams, optional and negated
 * ones among them: every silence against what the pattern's words say.
 */
final class SilencePatternOracleTest {
  private static final int CASES = 4_800;
  private static final int STREAMS = 8;

  /** More of them find the naive enumerator at its limit. */
  private static final int EVENTS_MAX = 60;

  private int silences;

  @Test
  void silences_eventsInOrder_equalTheDefinition() {
    run("in order", Duration.ZERO, false);
  }

  @Test
  void silences_eventsOutOfOrder_equalTheDefinition() {
    run("out of order", RandomPipeline.OUT_OF_ORDER, false);
  }

  @Test
  void silences_restoredAtEveryPosition_equalTheDefinition() {
    run("restored at every position", RandomPipeline.OUT_OF_ORDER, true);
  }

  private void run(String name, Duration disorder, boolean restored) {
    silences = 0;
    Oracle.run(
        "patterns of silence " + name,
        CASES,
        STREAMS,
        random -> new Case(random, disorder, restored));
    if (Integer.getInteger("vigia.seed") == null) {
      assertTrue(silences > CASES / 4, "silences: got " + silences);
    }
  }

  /** A pattern, over streams of one kind. */
  private final class Case implements Oracle.Subject {
    private final RandomPattern pattern;
    private final CompiledPipeline pipeline;
    private final RandomEvents events;
    private final boolean restored;

    Case(Random random, Duration disorder, boolean restored) {
      this.pattern = new RandomPattern("silent", "shop", random.nextInt(4) == 0 ? 2 : 1, random);
      this.pipeline = RandomPipeline.compile(with(pattern, random));
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
      Map<String, Set<Long>> expected = expected(events);
      expected.values().forEach(each -> silences += each.size());
      assertEquals(expected, found(events));
      return events.size();
    }

    private Map<String, Set<Long>> expected(List<Event> events) {
      Map<String, List<Event>> byShop = new HashMap<>();
      long newest = Long.MIN_VALUE;
      for (Event event : events) {
        newest = Math.max(newest, event.timeMs());
        String shop = shopOf(event);
        if (shop != null) {
          byShop.computeIfAbsent(shop, s -> new ArrayList<>()).add(event);
        }
      }
      long reached = newest - RandomPipeline.OUT_OF_ORDER.toMillis();
      Map<String, Set<Long>> expected = new HashMap<>();
      byShop.forEach(
          (shop, own) -> {
            Set<Long> due = NaivePattern.silences(pattern, own, reached);
            if (!due.isEmpty()) {
              expected.put(shop, due);
            }
          });
      return expected;
    }

    private Map<String, Set<Long>> found(List<Event> events) {
      Map<String, Set<Long>> found = new HashMap<>();
      Replay replay = new Replay(pipeline, 1);
      for (Event event : events) {
        if (restored) {
          replay.sweep();
          replay = Replay.restore(pipeline, 1, replay.snapshot());
        }
        replay.process(event);
        for (Replay.Result silence : replay.takeSilences()) {
          Event of = silence.row().event();
          String shop = String.valueOf(shopOf(of));
          assertTrue(
              found.computeIfAbsent(shop, s -> new TreeSet<>()).add(of.timeMs()),
              () -> "twice: " + of.id());
        }
      }
      assertEquals(0, replay.givenUp());
      return found;
    }
  }

  private static @Nullable String shopOf(Event event) {
    return (String) event.values().object(event.stream().position("shop"));
  }

  private static Text text(String value) {
    return new Text(value, Place.of("random.yaml"));
  }

  private static PipelineDefinition with(RandomPattern pattern, Random random) {
    PipelineDefinition base = RandomPipeline.of(random, RandomPipeline.LONG_DEDUPE);
    RuleDefinition rule =
        new RuleDefinition(
            text("r"), text("silent"), text("event.last_at <= now"), text("block"), 0, null, false);
    return new PipelineDefinition(
        base.name(),
        base.streams(),
        List.of(),
        List.of(pattern.definition()),
        base.lists(),
        List.of(rule),
        base.match(),
        base.outcomes(),
        List.of(),
        List.of());
  }
}
