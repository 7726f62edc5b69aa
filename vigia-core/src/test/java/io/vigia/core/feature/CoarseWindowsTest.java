package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Keys with more events than they keep, by hand; the testkit's oracle test goes through all others
 * by chance.
 */
final class CoarseWindowsTest {
  private static final String FIELDS = "id string, t timestamp, card string, i int";

  private int ids;

  /** One feature, and a rule that reads it, of a stream of which a key keeps so many events. */
  private static CompiledPipeline with(long maxEvents, String feature) {
    return new PipelineDraft()
        .dedupe(1).outOfOrder(5).maxEvents(maxEvents).stream("a", "card", FIELDS)
            .feature("f", feature)
            .rule("any", "a", "f > 1000000", "block", 1)
            .compile();
  }

  private Replay.Result process(CompiledPipeline pipeline, Replay replay, String event) {
    return replay.process(
        PipelineDraft.event(pipeline, "a", "id=e" + ids++ + " card=c i=1 t=" + event));
  }

  /** The feature's values, a {@code ~} behind those that are coarse. */
  private List<String> values(CompiledPipeline pipeline, String... events) {
    Replay replay = new Replay(pipeline, 1);
    List<String> values = new ArrayList<>();
    for (String event : events) {
      Replay.Result result = process(pipeline, replay, event);
      boolean coarse = Objects.requireNonNull(result.decision()).coarse().equals(List.of("f"));
      values.add(pipeline.features(result.row()).get("f") + (coarse ? "~" : ""));
      replay = Replay.restore(pipeline, 1, replay.snapshot());
    }
    return values;
  }

  @Test
  void window_asManyEventsAsAreKept_isExact() {
    assertEquals(
        List.of("1", "2", "3", "2", "2"),
        values(with(3, "a by card: count over 100"), "0", "1", "2", "101", "102"));
  }

  @Test
  void window_moreEvents_isCoarseAndRight() {
    // Panes of one millisecond are no coarser than the window.
    assertEquals(
        List.of("1", "2", "3", "4~", "5~", "4~", "4~"),
        values(with(2, "a by card: count over 100"), "0", "1", "2", "3", "4", "101", "102"));
  }

  @Test
  void window_ofManyPanes_beginsAtMostOnePaneEarlier() {
    // In panes of 10 ms: (0, 2562] at 2562, though what was at 2 has just left.
    assertEquals(
        List.of("1", "2", "3", "4~", "5~", "3", "3"),
        values(
            with(2, "a by card: sum i over 2560"),
            "2",
            "3",
            "1000",
            "2000",
            "2562",
            "3563",
            "4570"));
  }

  @Test
  void shortWindow_besideALongOne_staysExact() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .dedupe(1).outOfOrder(5).maxEvents(10).stream("a", "card", FIELDS)
                .feature("short", "a by card: count over 5")
                .feature("long", "a by card: count over 1000")
                .rule("any", "a", "short > 1000 || long > 1000", "block", 1)
                .compile();
    Replay replay = new Replay(pipeline, 1);
    for (int n = 0; n < 100; n++) {
      Replay.Result result = process(pipeline, replay, "" + n);
      assertEquals(Math.min(n + 1L, 5), pipeline.features(result.row()).get("short"));
      assertEquals(n + 1L, pipeline.features(result.row()).get("long"));
      assertEquals(
          n <= 10 ? List.of() : List.of("long"),
          Objects.requireNonNull(result.decision()).coarse(),
          "event " + n);
    }
    assertEquals(90, replay.coarsened());
  }

  @Test
  void lastEvents_fewerThanAreKept_areExact() {
    assertEquals(
        List.of("1", "2", "2", "2", "2"),
        values(with(2, "a by card: sum i events 2"), "0", "1", "2", "3", "4"));
  }

  @Test
  void lastEvents_withWhereBeyondWhatIsKept_areMarked() {
    assertEquals(
        List.of("1", "2", "2", "2", "1~", "1~"),
        values(
            with(2, "a by card: count events 2 where event.i > 0"),
            "0",
            "1",
            "2",
            "3 i=0",
            "4 i=0",
            "5"));
  }

  @Test
  void session_longerThanWhatIsKept_isMarkedUntilItsEnd() {
    assertEquals(
        List.of("1", "2", "3", "3~", "1", "2"),
        values(with(2, "a by card: count session 10"), "0", "1", "2", "3", "20", "21"));
  }

  @Test
  void calendar_moreEvents_isExactThoughMarked() {
    assertEquals(
        List.of("1", "2", "3", "4~", "5~", "1", "2"),
        values(
            with(2, "a by card: count hour"),
            "3600000",
            "3600001",
            "3600002",
            "3600003",
            "7199999",
            "7200000",
            "7200001"));
  }

  @Test
  void ever_moreEvents_isExact() {
    assertEquals(
        List.of("1", "2", "3", "4", "5"),
        values(with(2, "a by card: count"), "0", "1", "2", "3", "4"));
  }

  @Test
  void delay_moreEventsWithin_countAtOnce() {
    assertEquals(
        List.of("0", "0", "0", "1~", "2~"),
        values(with(2, "a by card: count delay 100"), "0", "1", "2", "3", "4"));
  }

  @Test
  void late_eventBeforeWhatIsKept_isMarked() {
    assertEquals(
        List.of("1", "2", "3", "4~", "4~", "6~"),
        values(with(2, "a by card: count over 100"), "0", "1", "2", "4", "3", "5"));
  }

  @Test
  void state_manyEvents_isBounded() {
    CompiledPipeline pipeline = with(1_000, "a by card: mean i over 10000000");
    Replay replay = new Replay(pipeline, 1);
    int largest = 0;
    for (int n = 0; n < 30_000; n++) {
      process(pipeline, replay, n * 100 + " i=" + n % 1_000);
      if (n % 3_000 == 0) {
        largest = Math.max(largest, replay.snapshot().length);
      }
    }
    // 1,000 events of 5 bytes and 257 panes of at most 12.
    assertTrue(largest < 8_500, "bytes of a key: " + largest);
  }
}
