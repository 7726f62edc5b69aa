package io.vigia.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FeedSampleTest {
  private final FeedSample sample = new FeedSample(10);

  @Test
  void take_few_showsAllInTheirOrder() {
    offer(1, 0);
    offer(2, 3);
    offer(3, 0);
    assertEquals(List.of(1, 2, 3), take(100, 0));
    assertEquals(List.of(), take(100, 0));
  }

  @Test
  void take_moreMildOnesThanHalf_leavesTheRestOut() {
    for (int i = 0; i < 10; i++) {
      offer(i, 0);
    }
    assertEquals(List.of(0, 1, 2, 3, 4), take(0, 5));
  }

  @Test
  void take_severeAmongMany_comesFirstAndNothingSevereIsLost() {
    for (int i = 0; i < 30; i++) {
      offer(i, i % 5 == 4 ? 2 : 0);
    }
    assertEquals(List.of(4, 9, 14, 19, 24, 29), take(0, 24));
    for (int i = 0; i < 8; i++) {
      offer(100 + i, 2);
    }
    assertEquals(List.of(100, 101, 102, 103), take(0, 0));
    assertEquals(List.of(104, 105, 106, 107), take(1_000, 0), "a moment later");
  }

  @Test
  void take_longSilence_savesNoMoreThanASecondsWorth() {
    take(60_000, 0);
    for (int i = 0; i < 30; i++) {
      offer(i, 1);
    }
    assertEquals(10, take(0, 20).size());
    assertEquals(List.of(), take(0, 0));
  }

  private void offer(int number, int severity) {
    sample.offer(new byte[] {(byte) number}, severity);
  }

  private List<Integer> take(long sinceMs, long skipped) {
    FeedSample.Chosen chosen = sample.take(sinceMs);
    assertEquals(skipped, chosen.skipped(), "left out");
    return chosen.shown().stream().map(data -> (int) data[0]).toList();
  }
}
