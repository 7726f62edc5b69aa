package io.vigia.cli.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PaceTest {
  @Test
  void dueNanos_max_isAtOnce() {
    Pace pace = Pace.max();
    assertEquals(0, pace.dueNanos(1_000));
    assertEquals(0, pace.dueNanos(2_000));
  }

  @Test
  void dueNanos_rate_dividesTheSecond() {
    Pace pace = Pace.rate(4);
    assertEquals(0, pace.dueNanos(9));
    assertEquals(250_000_000, pace.dueNanos(9));
    assertEquals(500_000_000, pace.dueNanos(9));
  }

  @Test
  void dueNanos_speed_followsTheLatestTime() {
    Pace pace = Pace.speed(10);
    assertEquals(0, pace.dueNanos(5_000));
    assertEquals(100_000_000, pace.dueNanos(6_000));
    assertEquals(100_000_000, pace.dueNanos(5_500));
    assertEquals(200_000_000, pace.dueNanos(7_000));
  }
}
