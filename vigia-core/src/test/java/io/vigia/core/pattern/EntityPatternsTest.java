package io.vigia.core.pattern;

import static io.vigia.core.pipeline.PipelineDraft.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The corners of patterns by hand; the testkit's oracle test goes through all others by chance. */
final class EntityPatternsTest {
  private static final int ANY = StepDefinition.UNBOUNDED;

  private int ids;

  /** A step {@code a} takes events with {@code s=a}. */
  private static StepDefinition step(String name, int least, int most) {
    return new StepDefinition(text(name), fits(name), least, most, false);
  }

  private static StepDefinition step(String name) {
    return step(name, 1, 1);
  }

  private static StepDefinition not(String name) {
    return new StepDefinition(text(name), fits(name), 1, 1, true);
  }

  private static StepDefinition noMore(String name) {
    return new StepDefinition(text("silence"), fits(name), 1, 1, true);
  }

  private static List<Candidate> fits(String name) {
    return List.of(where("event.s == \"" + name + "\""));
  }

  private static Candidate where(String condition) {
    return new Candidate(text("e"), text(condition));
  }

  private static PatternDefinition pattern(StepDefinition... steps) {
    return new PatternDefinition(
        text("p"), List.of(text("card")), 10, List.of(steps), false, false, null);
  }

  private static PatternDefinition strict(StepDefinition... steps) {
    return new PatternDefinition(
        text("p"), List.of(text("card")), 10, List.of(steps), true, false, null);
  }

  private static PatternDefinition overlapping(StepDefinition... steps) {
    return new PatternDefinition(
        text("p"), List.of(text("card")), 10, List.of(steps), false, true, null);
  }

  private static PatternDefinition within(long withinMs, StepDefinition... steps) {
    return new PatternDefinition(
        text("p"), List.of(text("card")), withinMs, List.of(steps), false, true, null);
  }

  private static CompiledPipeline compiled(PatternDefinition pattern) {
    return compiled(pattern, 50);
  }

  private static CompiledPipeline compiled(PatternDefinition pattern, long outOfOrderMs) {
    return new PipelineDraft()
        .outOfOrder(outOfOrderMs).dedupe(1).stream(
                "e", "card", "id string, t timestamp, card string, s string, n int?")
            .pattern(pattern)
            .rule("r", "e", "matched.p", "block", 1)
            .compile();
  }

  /** The events at which a pattern matches, of {@code "0a 1b"}: a time and what {@code s} is. */
  private String matches(PatternDefinition pattern, String events) {
    CompiledPipeline pipeline = compiled(pattern);
    Replay replay = new Replay(pipeline, 1);
    List<String> matched = new ArrayList<>();
    for (String event : events.split(" ", -1)) {
      replay = Replay.restore(pipeline, 1, replay.snapshot());
      if (matched(pipeline, replay.process(event(pipeline, event)))) {
        matched.add(event);
      }
    }
    return String.join(" ", matched);
  }

  private Event event(CompiledPipeline pipeline, String event) {
    String time = event.replaceAll("[a-z].*", "");
    String kind = event.substring(time.length());
    return PipelineDraft.event(
        pipeline, "e", "id=e" + ids++ + " card=c t=" + time + " s=" + kind.replace("/", " n="));
  }

  private static boolean matched(CompiledPipeline pipeline, Replay.Result result) {
    @Nullable Object parts = pipeline.features(result.row()).get("matched");
    boolean found = parts instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("p"));
    assertEquals(found, !java.util.Objects.requireNonNull(result.decision()).rules().isEmpty());
    return found;
  }

  @Test
  void steps_inTheirOrder_matchWhateverLiesBetween() {
    PatternDefinition pattern = pattern(step("a"), step("b"));
    assertEquals("3b", matches(pattern, "0b 1a 2x 3b 4b"));
  }

  @Test
  void within_exactlyTheTime_isOutside() {
    PatternDefinition pattern = pattern(step("a"), step("b"));
    assertEquals("9b", matches(pattern, "0a 9b"));
    assertEquals("", matches(pattern, "0a 10b"));
    assertEquals("10b", matches(pattern, "0a 1a 10b"));
  }

  @Test
  void times_leastReached_matchesAndBeginsAnew() {
    PatternDefinition pattern = pattern(step("a", 3, ANY));
    assertEquals("2a 5a", matches(pattern, "0a 1a 2a 3a 4a 5a 6a"));
    assertEquals("2a 3a 4a", matches(overlapping(step("a", 3, ANY)), "0a 1a 2a 3a 4a"));
  }

  @Test
  void times_atMost_takesNoMore() {
    StepDefinition[] steps = {step("a", 1, 2), step("b")};
    assertEquals("3b", matches(strict(steps), "0x 1a 2a 3b"));
    assertEquals("4b", matches(strict(steps), "0x 1a 2a 3a 4b"));
    assertEquals("", matches(strict(step("x"), step("a", 1, 2), step("b")), "0x 1a 2a 3a 4b"));
  }

  @Test
  void optional_missing_isPassedOver() {
    PatternDefinition pattern = strict(step("a"), step("b", 0, 1), step("c"));
    assertEquals("1c", matches(pattern, "0a 1c"));
    assertEquals("2c", matches(pattern, "0a 1b 2c"));
    assertEquals("", matches(pattern, "0a 1b 2b 3c"));
  }

  @Test
  void optional_atTheBeginning_isNotNeeded() {
    PatternDefinition pattern = strict(step("a", 0, 1), step("b"));
    assertEquals("0b 3b", matches(pattern, "0b 1a 2x 3b"));
  }

  @Test
  void negated_between_endsTheMatch() {
    PatternDefinition pattern = pattern(step("a"), not("b"), step("c"));
    assertEquals("1c", matches(pattern, "0a 1c"));
    assertEquals("", matches(pattern, "0a 1b 2c"));
    assertEquals("3c", matches(pattern, "0a 1b 2a 3c"));
  }

  @Test
  void negated_behindARepetition_countsFromItsLast() {
    PatternDefinition pattern = pattern(step("a", 2, ANY), not("b"), step("c"));
    assertEquals("", matches(pattern, "0a 1a 2b 3c"));
    assertEquals("4c", matches(pattern, "0a 1a 2b 3a 4c"));
    assertEquals("3c", matches(pattern, "0a 1b 2a 3c"));
  }

  @Test
  void strict_otherEventBetween_endsTheMatch() {
    PatternDefinition pattern = strict(step("a"), step("b"));
    assertEquals("3b", matches(pattern, "0a 1x 2a 3b"));
    assertEquals("", matches(pattern, "0a 1x 2b"));
  }

  @Test
  void alternatives_anyOfThem_areTaken() {
    StepDefinition either =
        new StepDefinition(
            text("either"),
            List.of(where("event.s == \"a\""), where("event.s == \"b\"")),
            2,
            2,
            false);
    assertEquals("1b 3a", matches(pattern(either), "0a 1b 2b 3a"));
  }

  @Test
  void ambiguous_event_goesEachWay() {
    StepDefinition any =
        new StepDefinition(text("any"), List.of(new Candidate(text("e"), null)), 1, ANY, false);
    PatternDefinition pattern = pattern(any, step("b"), step("c"));
    // The first b may be one of any, the second too: only then is c reached.
    assertEquals("2c", matches(pattern, "0b 1b 2c"));
  }

  @Test
  void until_event_endsAllAndIsNotTaken() {
    PatternDefinition pattern =
        new PatternDefinition(
            text("p"),
            List.of(text("card")),
            10,
            List.of(step("a"), step("b")),
            false,
            false,
            where("event.n == 1"));
    assertEquals("", matches(pattern, "0a 1x/1 2b"));
    assertEquals("", matches(pattern, "0a/1 2b"));
    assertEquals("3b", matches(pattern, "0a 1x/1 2a/2 3b"));
  }

  @Test
  void where_countOfAnEarlierStep_isRead() {
    StepDefinition hit =
        new StepDefinition(
            text("b"), List.of(where("event.s == \"b\" && a.count >= 3")), 1, 1, false);
    assertEquals("4b", matches(pattern(step("a", 1, ANY), hit), "0a 1a 2b 3a 4b"));
  }

  @Test
  void where_fieldsOfFirstAndLast_areRead() {
    StepDefinition rise =
        new StepDefinition(
            text("rise"),
            List.of(where("rise.count == 0 || event.n > rise.last.n")),
            3,
            ANY,
            false);
    assertEquals("4x/4", matches(strict(rise), "0x/1 1x/2 2x/1 3x/2 4x/4"));
    StepDefinition back =
        new StepDefinition(text("back"), List.of(where("event.n == a.first.n")), 1, 1, false);
    assertEquals("3x/1", matches(pattern(step("a", 2, 2), back), "0a/1 1a/2 2x/2 3x/1"));
  }

  @Test
  void late_olderThanTheLastTaken_doesNotGoOnAndIsMarked() {
    CompiledPipeline pipeline = compiled(pattern(step("a"), step("b")));
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "5a"));
    assertFalse(replay.process(event(pipeline, "4x")).row().late());
    Replay.Result late = replay.process(event(pipeline, "4b"));
    assertFalse(matched(pipeline, late));
    assertTrue(late.row().late());
    assertEquals(1, replay.overtaken());
    assertTrue(matched(pipeline, replay.process(event(pipeline, "5b"))));
  }

  @Test
  void open_tooMany_theFirstAreGivenUpAndCounted() {
    StepDefinition back =
        new StepDefinition(
            text("b"), List.of(where("event.s == \"b\" && event.n == a.first.n")), 1, 1, false);
    CompiledPipeline pipeline = compiled(within(1_000, step("a"), back));
    Replay replay = new Replay(pipeline, 1);
    int told = 0;
    for (int i = 0; i < PartialMatches.MAX + 6; i++) {
      told += replay.process(event(pipeline, i + "a/" + i)).row().givenUp();
    }
    assertEquals(6, replay.givenUp());
    assertEquals(6, told);
    assertFalse(matched(pipeline, replay.process(event(pipeline, "100b/5"))));
    assertTrue(matched(pipeline, replay.process(event(pipeline, "100b/6"))));
  }

  @Test
  void open_theSameStepAgainAndAgain_onlyTheYoungestIsFollowed() {
    CompiledPipeline pipeline = compiled(within(100, step("a"), step("b"), step("c")), 0);
    Replay replay = new Replay(pipeline, 1);
    int afterOne = 0;
    for (int i = 0; i < 1_000; i++) {
      replay.process(event(pipeline, i + "a"));
      afterOne = i == 0 ? replay.snapshot().length : afterOne;
    }
    int more = replay.snapshot().length - afterOne;
    assertTrue(more <= 2 * Long.BYTES, "bytes for 999 events more: got " + more);
    assertEquals(0, replay.givenUp());
    replay.process(event(pipeline, "1098b"));
    assertTrue(matched(pipeline, replay.process(event(pipeline, "1098c"))));
  }

  @Test
  void open_anEventThatMayStillCome_isTakenByTheOlderOne() {
    CompiledPipeline pipeline = compiled(within(100, step("a"), step("b")), 5);
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "10a"));
    replay.process(event(pipeline, "14a"));
    Replay.Result late = replay.process(event(pipeline, "11b"));
    assertTrue(matched(pipeline, late));
  }

  @Test
  void snapshot_ofOpenMatches_isSmallAndTheSameAgain() {
    CompiledPipeline pipeline = compiled(pattern(step("a", 3, ANY), step("b")));
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "0a"));
    replay.process(event(pipeline, "1a"));
    byte[] snapshot = replay.snapshot();
    assertEquals(
        List.of(snapshot.length), List.of(Replay.restore(pipeline, 1, snapshot).snapshot().length));
  }

  @Test
  void key_withNothingOpen_isRemoved() {
    CompiledPipeline pipeline = compiled(pattern(step("a"), step("b")));
    Replay replay = new Replay(pipeline, 1);
    replay.process(event(pipeline, "0a"));
    replay.process(PipelineDraft.event(pipeline, "e", "id=z card=other t=59 s=x"));
    replay.sweep();
    assertEquals(2, replay.keys());
    replay.process(PipelineDraft.event(pipeline, "e", "id=z card=other t=60 s=x"));
    replay.sweep();
    assertEquals(1, replay.keys());
  }

  /**
   * The times at which a pattern's silence is complete, of {@code "0a 1b 30"}: time alone passes.
   */
  private String silences(PatternDefinition pattern, String events) {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(1).outOfOrder(5).stream(
                    "e", "card", "id string, t timestamp, card string, s string, n int?")
                .feature("f", "e by card: count over 20")
                .pattern(pattern)
                .rule("r", "p", "f >= 0 && event.card == \"c\"", "block", 1)
                .compile();
    Replay replay = new Replay(pipeline, 1);
    List<String> found = new ArrayList<>();
    for (String event : events.split(" ", -1)) {
      replay = Replay.restore(pipeline, 1, replay.snapshot());
      if (event.matches("[0-9]+")) {
        replay.advanceTo(Long.parseLong(event));
      } else {
        replay.process(event(pipeline, event));
      }
      for (Replay.Result silence : replay.takeSilences()) {
        io.vigia.core.decision.Decision decision =
            java.util.Objects.requireNonNull(silence.decision());
        assertEquals("block", decision.outcome());
        assertEquals("p", decision.event().stream().name());
        found.add(Long.toString(decision.event().timeMs()));
      }
    }
    return String.join(" ", found);
  }

  @Test
  void silence_thatLasts_isCompletedByTime() {
    PatternDefinition pattern = pattern(step("a"), noMore("a"));
    assertEquals("10", silences(pattern, "0a 9 10"));
    assertEquals("18", silences(pattern, "0a 8a 12 17 18 30"));
    assertEquals("10 40", silences(pattern, "0a 10 30a 50"));
    assertEquals("", silences(pattern, "0a 14x"));
    assertEquals("10", silences(pattern, "0a 15x"));
  }

  @Test
  void silence_lateEvents_breakItButBeginNone() {
    PatternDefinition pattern = pattern(step("a"), noMore("a"));
    assertEquals("19", silences(pattern, "0a 12x 9a 40"));
    assertEquals("15", silences(pattern, "5a 4a 40"));
    assertEquals("", silences(pattern(step("a"), not("b")), "5a 6b 4a 40"));
  }

  @Test
  void silence_behindSeveralSteps_countsFromTheFirst() {
    PatternDefinition pattern = pattern(step("a"), step("b", 1, ANY), not("c"));
    assertEquals("10", silences(pattern, "0a 3b 5b 40"));
    assertEquals("", silences(pattern, "0a 3b 5c 40"));
    assertEquals("10", silences(pattern, "0a 3b 5c 6b 40"));
    assertEquals("", silences(pattern, "0a 40"));
  }

  /** As in a catch-up in which another partition is far behind. */
  @Test
  void silence_noTimeIsTold_isCompletedByTheKeysOwnEvents() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(1).outOfOrder(5).stream(
                    "e", "card", "id string, t timestamp, card string, s string, n int?")
                .pattern(overlapping(step("a"), not("b")))
                .rule("r", "p", "true", "block", 1)
                .compile();
    Replay replay = new Replay(pipeline, 1);
    replay.follow((event, stage) -> Long.MIN_VALUE);
    for (int i = 0; i < 200; i++) {
      replay.process(event(pipeline, i + "a"));
    }
    assertEquals(0, replay.givenUp());
    // Those of the events from 0 to 184, whose time and lateness are over at 199.
    assertEquals(185, replay.takeSilences().size());
  }

  @Test
  void silence_overlap_completesEachOfThem() {
    assertEquals("10", silences(pattern(step("a"), not("b")), "0a 1a 40"));
    assertEquals("10 11", silences(overlapping(step("a"), not("b")), "0a 1a 40"));
  }
}
