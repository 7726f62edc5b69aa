package io.vigia.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LatencyHistoryTest {
  private final LatencyHistory history = new LatencyHistory();

  @Test
  void recent_none_isEmpty() {
    history.tick();
    assertEquals(LatencyHistory.Latencies.NONE, history.recent());
    assertEquals(LatencyHistory.Latencies.NONE, history.total());
  }

  @Test
  void recent_afterTenSeconds_forgetsWhatTotalKeeps() {
    for (int ms = 1; ms <= 100; ms++) {
      history.record(TimeUnit.MILLISECONDS.toNanos(ms));
    }
    assertEquals(100, history.total().count(), "at once");
    assertEquals(0, history.recent().count(), "when its second has ended");
    history.tick();
    assertEquals(100, history.recent().count());
    assertEquals(50, history.recent().p50Ms(), 0.5);
    assertEquals(99, history.recent().p99Ms(), 1);
    for (int second = 0; second < 9; second++) {
      history.tick();
      assertEquals(100, history.recent().count());
    }
    history.tick();
    assertEquals(0, history.recent().count());
    assertEquals(100, history.total().count());
    history.record(1);
    history.tick();
    assertEquals(1, history.recent().count());
    assertEquals(101, history.total().count());
  }

  @Test
  void record_longerThanAMinute_countsAsAMinute() {
    history.record(Long.MAX_VALUE);
    assertEquals(60_000, history.total().maxMs(), 600);
  }
}
