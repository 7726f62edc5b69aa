package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.Event;
import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.Replay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random streams that fall silent, every silence against the gaps between the sorted events. */
final class SilenceOracleTest {
  private static final int CASES = 3_000;
  private static final int STREAMS = 10;

  private int silences;

  /** How time is told to the replay. */
  private enum Time {
    BY_EVENTS,
    RESTORED,
    AT_RANDOM
  }

  @Test
  void silences_eventsInOrder_areTheGaps() {
    run("in order", Duration.ZERO, Time.BY_EVENTS);
  }

  @Test
  void silences_eventsOutOfOrder_areTheGaps() {
    run("out of order", RandomPipeline.OUT_OF_ORDER, Time.BY_EVENTS);
  }

  @Test
  void silences_restoredAtEveryPosition_areTheGaps() {
    run("restored at every position", RandomPipeline.OUT_OF_ORDER, Time.RESTORED);
  }

  /** However time was told in a run: as long as it has passed no event, the silences are these. */
  @Test
  void silences_timeToldAtRandom_areTheGaps() {
    run("time told at random", RandomPipeline.OUT_OF_ORDER, Time.AT_RANDOM);
  }

  private void run(String name, Duration disorder, Time time) {
    silences = 0;
    Oracle.run("silences " + name, CASES, STREAMS, random -> new Case(random, disorder, time));
    if (Integer.getInteger("vigia.seed") == null) {
      assertTrue(silences > CASES, "silences: got " + silences);
    }
  }

  /** A pattern of silence, over streams of one kind. */
  private final class Case implements Oracle.Subject {
    private final long absentMs;
    private final CompiledPipeline pipeline;
    private final RandomEvents events;
    private final Time time;

    Case(Random random, Duration disorder, Time time) {
      this.absentMs = new long[] {1, 20, 60, 200}[random.nextInt(4)];
      this.pipeline = RandomPipeline.compile(with(absentMs, random));
      this.events = RandomEvents.of(pipeline).disorder(disorder);
      this.time = time;
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
      assertEquals(expected(events, absentMs), found(pipeline, events, time));
      return events.size();
    }
  }

  private static Text text(String value) {
    return new Text(value, Place.of("random.yaml"));
  }

  private static PipelineDefinition with(long absentMs, Random random) {
    PipelineDefinition base = RandomPipeline.of(random, RandomPipeline.LONG_DEDUPE);
    List<Candidate> beats = List.of(new Candidate(text("a"), text("event.i > 0")));
    PatternDefinition silent =
        new PatternDefinition(
            text("silent"),
            List.of(text("card")),
            absentMs,
            List.of(
                new StepDefinition(text("seen"), beats, 1, 1, false),
                new StepDefinition(text("absent"), beats, 1, 1, true)),
            false,
            random.nextBoolean(),
            null);
    RuleDefinition rule =
        new RuleDefinition(
            text("r"), text("silent"), text("event.last_at < now"), text("block"), 0, null, false);
    return new PipelineDefinition(
        base.name(),
        base.streams(),
        List.of(),
        List.of(silent),
        base.lists(),
        List.of(rule),
        base.match(),
        base.outcomes(),
        List.of(),
        List.of());
  }

  /** A card is silent from each event on that none follows for so long, in the order of time. */
  private static Map<String, Set<Long>> expected(List<Event> events, long absentMs) {
    Map<String, TreeMap<Long, Boolean>> beats = new HashMap<>();
    long newest = Long.MIN_VALUE;
    for (Event event : events) {
      newest = Math.max(newest, event.timeMs());
      if (event.stream().name().equals("a") && RandomPattern.number(event) > 0) {
        TreeMap<Long, Boolean> ofCard = beats.computeIfAbsent(event.key(), card -> new TreeMap<>());
        boolean begins = ofCard.isEmpty() || event.timeMs() >= ofCard.lastKey();
        ofCard.merge(event.timeMs(), begins, Boolean::logicalOr);
      }
    }
    long reached = newest - RandomPipeline.OUT_OF_ORDER.toMillis();
    Map<String, Set<Long>> expected = new HashMap<>();
    beats.forEach(
        (card, times) ->
            times.forEach(
                (time, begins) -> {
                  Long next = times.higherKey(time);
                  long due = time + absentMs;
                  if (begins && (next == null || next >= due) && due <= reached) {
                    expected.computeIfAbsent(card, c -> new TreeSet<>()).add(due);
                  }
                }));
    return expected;
  }

  private Map<String, Set<Long>> found(CompiledPipeline pipeline, List<Event> events, Time time) {
    Map<String, Set<Long>> found = new HashMap<>();
    Replay replay = new Replay(pipeline, 1);
    long[] newest = {Long.MIN_VALUE};
    if (time == Time.AT_RANDOM) {
      Random random = new Random(events.size());
      replay.follow((event, stage) -> told(newest[0], random));
    }
    for (Event event : events) {
      if (time == Time.RESTORED) {
        replay.sweep();
        replay = Replay.restore(pipeline, 1, replay.snapshot());
      }
      replay.process(event);
      newest[0] = Math.max(newest[0], event.timeMs());
      take(replay, found);
    }
    if (time == Time.AT_RANDOM) {
      replay.advanceTo(newest[0] - RandomPipeline.OUT_OF_ORDER.toMillis());
      take(replay, found);
    }
    return found;
  }

  /** Any time that makes no event late which its stream's disorder allows. */
  private static long told(long newestMs, Random random) {
    return newestMs == Long.MIN_VALUE || random.nextInt(4) == 0
        ? Long.MIN_VALUE
        : newestMs - RandomPipeline.OUT_OF_ORDER.toMillis() - random.nextInt(300);
  }

  private void take(Replay replay, Map<String, Set<Long>> found) {
    for (Replay.Result silence : replay.takeSilences()) {
      Event of = silence.row().event();
      assertEquals("block", Objects.requireNonNull(silence.decision()).outcome());
      assertTrue(
          found.computeIfAbsent(of.key(), card -> new TreeSet<>()).add(of.timeMs()), of.id());
      silences++;
    }
  }
}
