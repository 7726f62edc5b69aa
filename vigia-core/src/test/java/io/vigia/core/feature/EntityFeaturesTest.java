package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import io.vigia.core.state.KeyState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The corners of windows by hand; the testkit's oracle test goes through all others by chance. */
final class EntityFeaturesTest {
  private static final String FIELDS = "id string, t timestamp, card string, m decimal?, s string?";
  private static final long TEN_YEARS = 3650L * 86_400_000;

  private int ids;

  private static PipelineDraft draft() {
    return new PipelineDraft().dedupe(1).stream("a", "card", FIELDS);
  }

  /** Runs events of one card, {@code "10 m=5"} being a time and values. */
  private List<@Nullable Object> values(
      CompiledPipeline pipeline, String feature, String... events) {
    Replay replay = new Replay(pipeline, 1);
    List<@Nullable Object> values = new ArrayList<>();
    for (String event : events) {
      values.add(features(replay, pipeline, event).get(feature));
    }
    return values;
  }

  private Map<String, @Nullable Object> features(
      Replay replay, CompiledPipeline pipeline, String event) {
    Replay.Result result =
        replay.process(PipelineDraft.event(pipeline, "a", "id=e" + ids++ + " card=c t=" + event));
    return pipeline.features(result.row());
  }

  private static CompiledPipeline with(String feature) {
    return draft().feature("f", feature).compile();
  }

  @Test
  void window_exactlyItsSizeOld_hasLeft() {
    assertEquals(
        List.of(1L, 2L, 2L), values(with("a by card: count over 10"), "f", "0", "9", "10"));
  }

  @Test
  void window_ofOneMillisecond_holdsWhatHappensTogether() {
    assertEquals(
        List.of(1L, 2L, 3L, 1L), values(with("a by card: count over 1"), "f", "5", "5", "5", "6"));
  }

  @Test
  void window_excludeCurrentAmongTies_holdsThoseBefore() {
    assertEquals(
        List.of(0L, 1L, 2L, 1L),
        values(with("a by card: count over 2 exclude"), "f", "5", "5", "6", "7"));
  }

  @Test
  void delay_exactlyAsOld_hasEntered() {
    assertEquals(
        List.of(0L, 0L, 1L, 2L, 3L),
        values(with("a by card: count over 10 delay 5"), "f", "0", "4", "5", "9", "10"));
  }

  @Test
  void late_eventTakesItsPlace_inItsOwnAndInLaterWindows() {
    assertEquals(
        List.of(1L, 2L, 1L, 4L, 4L),
        values(with("a by card: count over 10"), "f", "10", "14", "8", "17", "18"));
  }

  @Test
  void late_tieWithEarlierArrival_comesBehindIt() {
    List<@Nullable Object> last =
        values(with("a by card: last s over 100"), "f", "5 s=x", "9 s=y", "5 s=z", "5 s=w");
    assertEquals(List.of("x", "y", "z", "w"), last);
    List<@Nullable Object> first =
        values(
            with("a by card: first s over 100"), "f", "5 s=x", "9 s=y", "5 s=z", "4 s=w", "9 s=v");
    assertEquals(List.of("x", "x", "x", "w", "w"), first);
  }

  @Test
  void late_withDelay_seesOnlyWhatItsTimeSaw() {
    assertEquals(
        List.of(0L, 1L, 0L, 1L, 2L),
        values(with("a by card: count over 100 delay 10"), "f", "0", "12", "9", "11", "19"));
  }

  @Test
  void late_previous_isTheOneBeforeItsOwnTime() {
    List<@Nullable Object> previous =
        values(with("a by card: previous s"), "f", "10 s=x", "20 s=y", "15 s=z", "20 s=w", "9 s=v");
    List<@Nullable Object> expected = new ArrayList<>(List.of("x", "x", "y"));
    expected.add(0, null);
    expected.add(null);
    assertEquals(expected, previous);
  }

  @Test
  void late_atTheLimit_isInTime_andOneBeyond_isMarked() {
    CompiledPipeline pipeline = with("a by card: count over 10");
    Replay replay = new Replay(pipeline, 1);
    assertFalse(late(replay, pipeline, 1_000));
    assertFalse(late(replay, pipeline, 950));
    assertTrue(late(replay, pipeline, 949));
    assertFalse(late(replay, pipeline, 1_000));
  }

  private boolean late(Replay replay, CompiledPipeline pipeline, long time) {
    return replay
        .process(PipelineDraft.event(pipeline, "a", "id=e" + ids++ + " card=c t=" + time))
        .row()
        .late();
  }

  @Test
  void where_unknown_isNotCounted() {
    assertEquals(
        List.of(0L, 1L, 1L),
        values(with("a by card: count over 100 where event.m > 3"), "f", "1", "2 m=4", "3 m=2"));
  }

  @Test
  void sum_ofNothing_isZero_andOtherValuesAreMissing() {
    assertEquals(List.of(BigDecimal.ZERO), values(with("a by card: sum m over 10"), "f", "1"));
    for (String missing : new String[] {"mean", "min", "max", "first", "last", "previous"}) {
      assertNull(values(with("a by card: " + missing + " m over 10"), "f", "1").get(0), missing);
    }
  }

  @Test
  void sum_afterEverythingHasLeft_hasNoPlacesOfThePast() {
    assertEquals(
        List.of(new BigDecimal("1.25"), new BigDecimal("3.25"), new BigDecimal("2")),
        values(with("a by card: sum m over 10"), "f", "0 m=1.25", "5 m=2", "12"));
  }

  @Test
  void countDistinct_equalNumbers_areOneValue() {
    CompiledPipeline pipeline = with("a by card: count_distinct m over 100");
    Replay replay = new Replay(pipeline, 1);
    features(replay, pipeline, "1 m=2.5");
    Event scaled = PipelineDraft.event(pipeline, "a", "id=s card=c t=2 m=1");
    scaled.values().setObject(scaled.stream().position("m"), new BigDecimal("2.500"));
    assertEquals(1L, pipeline.features(replay.process(scaled).row()).get("f"));
    assertEquals(2L, features(replay, pipeline, "3 m=7").get("f"));
    assertEquals(2L, features(replay, pipeline, "101 m=7").get("f"));
    assertEquals(1L, features(replay, pipeline, "102 m=7").get("f"));
  }

  /** Of equal extremes the youngest is given, before and after a restore. */
  @Test
  void extreme_equalNumbers_isTheYoungest() {
    CompiledPipeline pipeline = with("a by card: max m over 100");
    Replay replay = new Replay(pipeline, 1);
    features(replay, pipeline, "1 m=2.5");
    Event scaled = PipelineDraft.event(pipeline, "a", "id=s card=c t=2 m=1");
    scaled.values().setObject(scaled.stream().position("m"), new BigDecimal("2.500"));
    assertEquals(new BigDecimal("2.500"), pipeline.features(replay.process(scaled).row()).get("f"));
    replay = Replay.restore(pipeline, 1, replay.snapshot());
    assertEquals(new BigDecimal("2.500"), features(replay, pipeline, "3 m=1").get("f"));
  }

  @Test
  void extreme_headLeaves_theNextBestFollows() {
    List<@Nullable Object> least =
        values(
            with("a by card: min m over 10"),
            "f",
            "0 m=1",
            "3 m=5",
            "5 m=3",
            "10",
            "13",
            "15",
            "16");
    List<@Nullable Object> expected = new ArrayList<>();
    for (String value : new String[] {"1", "1", "1", "3", "3"}) {
      expected.add(new BigDecimal(value));
    }
    expected.add(null);
    expected.add(null);
    assertEquals(expected, least);
  }

  @Test
  void parts_ofOneEvent_stayTogether() {
    CompiledPipeline pipeline = with("a by card: last m+s over 100");
    Replay replay = new Replay(pipeline, 1);
    features(replay, pipeline, "1 m=1 s=x");
    Map<?, ?> parts =
        (Map<?, ?>) Objects.requireNonNull(features(replay, pipeline, "2 m=2").get("f"));
    assertEquals(new BigDecimal("2"), parts.get("m"));
    assertNull(parts.get("s"));
  }

  /** The first and the last year that an event can be of, with the longest windows there are. */
  @Test
  void times_ofTheFirstAndLastYear_doNotOverflow() {
    long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(TEN_YEARS).outOfOrder(TEN_YEARS).stream("a", "card", FIELDS)
                .feature("all", "a by card: count")
                .feature("delayed", "a by card: count delay " + TEN_YEARS)
                .feature("ten", "a by card: count over " + TEN_YEARS)
                .feature("before", "a by card: count over " + TEN_YEARS + " delay " + TEN_YEARS)
                .compile();
    Replay replay = new Replay(pipeline, 1);
    assertEquals(
        Map.of("all", 1L, "delayed", 0L, "ten", 1L, "before", 0L),
        features(replay, pipeline, "" + first));
    assertEquals(
        Map.of("all", 2L, "delayed", 1L, "ten", 1L, "before", 1L),
        features(replay, pipeline, "" + (first + TEN_YEARS)));
    replay = Replay.restore(pipeline, 1, replay.snapshot());
    assertEquals(
        Map.of("all", 3L, "delayed", 2L, "ten", 1L, "before", 0L),
        features(replay, pipeline, "" + last));
    assertEquals(
        Map.of("all", 3L, "delayed", 2L, "ten", 1L, "before", 0L),
        features(replay, pipeline, "" + (last - 1)));
    replay.sweep();
    replay = Replay.restore(pipeline, 1, replay.snapshot());
    assertEquals(
        Map.of("all", 5L, "delayed", 2L, "ten", 3L, "before", 0L),
        features(replay, pipeline, "" + last));
  }

  /** A jump over the whole of time, in one step and late. */
  @Test
  void times_fromTheFirstYearToTheLast_andBack_areTaken() {
    long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    assertEquals(
        List.of(1L, 1L, 1L, 2L, 1L),
        values(
            with("a by card: count over " + TEN_YEARS),
            "f",
            "" + last,
            "" + first,
            "" + (first + TEN_YEARS),
            "" + last,
            "" + (last - 1)));
  }

  @Test
  void expiresMs_isTheLastTimeThatAnyWindowCanReach() {
    CompiledPipeline pipeline =
        draft()
            .feature("f", "a by card: count over 100 delay 20")
            .feature("g", "a by card: count over 30")
            .compile();
    KeyState state = pipeline.stages().get(0).newState();
    EntityFeatures features = pipeline.stages().get(0).features();
    assertEquals(Long.MIN_VALUE, features.expiresMs(state));
    features.process(
        state, pipeline.row(PipelineDraft.event(pipeline, "a", "id=e t=1000 card=c"), 1, null));
    assertEquals(1000 + 100 + 20 + 50, features.expiresMs(state));
  }

  @Test
  void expiresMs_featureWithoutAWindow_isNever() {
    CompiledPipeline pipeline = draft().feature("f", "a by card: count").compile();
    KeyState state = pipeline.stages().get(0).newState();
    EntityFeatures features = pipeline.stages().get(0).features();
    features.process(
        state, pipeline.row(PipelineDraft.event(pipeline, "a", "id=e t=1000 card=c"), 1, null));
    assertEquals(Long.MAX_VALUE, features.expiresMs(state));
    features.process(
        state, pipeline.row(PipelineDraft.event(pipeline, "a", "id=f t=9000 card=c"), 1, null));
    assertTrue(state.register(0) != null);
    assertEquals(Long.MAX_VALUE, features.expiresMs(state));
  }

  /** An event of another stream at the same entity reads windows that it does not feed. */
  @Test
  void read_byAStreamThatDoesNotFeed_leavesTheWindowAsItIs() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .stream("a", "card", FIELDS).stream("b", "id", "id string, t timestamp, card string")
                .feature("f", "a by card: count over 10 exclude")
                .feature("p", "a by card: previous s over 10")
                .compile();
    Replay replay = new Replay(pipeline, 1);
    replay.process(PipelineDraft.event(pipeline, "a", "id=1 t=5 card=c s=x"));
    Replay.Result b = replay.process(PipelineDraft.event(pipeline, "b", "id=2 t=5 card=c"));
    assertEquals(1L, pipeline.features(b.row()).get("f"));
    assertEquals("x", pipeline.features(b.row()).get("p"));
    Replay.Result late = replay.process(PipelineDraft.event(pipeline, "b", "id=3 t=4 card=c"));
    assertEquals(0L, pipeline.features(late.row()).get("f"));
    assertNull(pipeline.features(late.row()).get("p"));
  }

  /** A restored register holds what left the log, and goes on from there. */
  @Test
  void endless_restoredAfterFolding_goesOn() {
    CompiledPipeline pipeline =
        draft()
            .feature("sum", "a by card: sum m")
            .feature("low", "a by card: min m")
            .feature("first", "a by card: first s")
            .feature("mean", "a by card: mean m")
            .compile();
    Replay replay = new Replay(pipeline, 1);
    features(replay, pipeline, "0 m=1.50 s=x");
    features(replay, pipeline, "1000 m=2 s=y");
    replay = Replay.restore(pipeline, 1, replay.snapshot());
    Map<String, @Nullable Object> values = features(replay, pipeline, "2000 m=4 s=z");
    assertEquals(new BigDecimal("7.5"), values.get("sum"));
    assertEquals(new BigDecimal("1.5"), values.get("low"));
    assertEquals("x", values.get("first"));
    assertEquals(new BigDecimal("2.5000000"), values.get("mean"));
  }
}
