package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The corners of panes by hand; the testkit's oracle test goes through all others by chance. */
final class PanesTest {
  private static final String FIELDS = "id string, t timestamp, card string, i int, s string?";

  private int ids;

  private static CompiledPipeline with(String feature) {
    return new PipelineDraft()
        .dedupe(1).outOfOrder(5).stream("a", "card", FIELDS).feature("f", feature).compile();
  }

  private List<@Nullable Object> values(CompiledPipeline pipeline, String... events) {
    Replay replay = new Replay(pipeline, 1);
    List<@Nullable Object> values = new ArrayList<>();
    for (String event : events) {
      values.add(
          pipeline
              .features(
                  replay
                      .process(
                          PipelineDraft.event(
                              pipeline, "a", "id=e" + ids++ + " card=c i=1 t=" + event))
                      .row())
              .get("f"));
      replay = Replay.restore(pipeline, 1, replay.snapshot());
    }
    return values;
  }

  @Test
  void window_beginsWithAPane_atMostOneEarlier() {
    assertEquals(
        List.of(1L, 2L, 3L, 3L, 3L, 4L),
        values(with("a by card: count over 5 resolution 2"), "1", "3", "6", "7", "9", "10"));
  }

  @Test
  void window_atTheEndOfAPane_holdsWhatHappensThen() {
    // (0, 10] at 10 and at 11; (10, 20] from 20 on.
    assertEquals(
        List.of(1L, 2L, 3L, 2L),
        values(with("a by card: count over 10 resolution 10"), "1", "10", "11", "20"));
  }

  @Test
  void window_resolutionOfOneMillisecond_isExact() {
    String[] events = {"0", "4", "9", "10", "14", "9", "17"};
    List<@Nullable Object> exact = values(with("a by card: count over 10"), events);
    assertEquals(exact, values(with("a by card: count over 10 resolution 1"), events));
  }

  @Test
  void window_extremeLeaves_nextOneIsFound() {
    assertEquals(
        List.of(9L, 9L, 9L, 4L),
        values(with("a by card: max i over 6 resolution 2"), "1 i=9", "4 i=3", "7 i=4", "9 i=2"));
  }

  @Test
  void window_firstAndLast_areThoseOfItsEvents() {
    assertEquals(
        List.of("a", "a", "a", "b"),
        values(with("a by card: first s over 6 resolution 2"), "1 s=a", "4 s=b", "7 s=c", "9 s=d"));
    assertEquals(
        List.of("a", "b", "c", "d"),
        values(with("a by card: last s over 6 resolution 2"), "1 s=a", "4 s=b", "3 s=c", "9 s=d"));
  }

  @Test
  void late_event_hasTheWindowOfItsTime() {
    assertEquals(
        List.of(1L, 2L, 2L, 4L),
        values(with("a by card: count over 5 resolution 2"), "3", "8", "6", "8"));
  }

  @Test
  void delay_eventsWithin_haveNotEntered() {
    assertEquals(
        List.of(0L, 1L, 2L, 1L),
        values(with("a by card: count over 4 resolution 2 delay 3"), "1", "4", "7", "11"));
  }

  @Test
  void state_manyEvents_isBoundedByThePanes() {
    CompiledPipeline pipeline = with("a by card: sum i over 1000 resolution 100");
    Replay replay = new Replay(pipeline, 1);
    int largest = 0;
    for (int n = 0; n < 20_000; n++) {
      replay.process(PipelineDraft.event(pipeline, "a", "id=e" + n + " card=c i=1000 t=" + n / 4));
      if (n % 500 == 0) {
        largest = Math.max(largest, replay.snapshot().length);
      }
    }
    assertTrue(largest < 400, "bytes of a key: " + largest);
  }
}
