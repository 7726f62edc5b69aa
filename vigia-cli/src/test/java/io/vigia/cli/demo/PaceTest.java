package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final double MS = 1e6;

  @Test
  void nanosOf_withRamp_growsEvenlyThenStays() {
    Pace pace = new Pace(100, Duration.ofSeconds(2));
    assertEquals(0, pace.nanosOf(0));
    assertEquals(1000, pace.nanosOf(25) / MS, 0.01);
    assertEquals(2000, pace.nanosOf(100) / MS, 0.01);
    assertEquals(2010, pace.nanosOf(101) / MS, 0.01);
  }

  @Test
  void nanosOf_withoutRamp_isEven() {
    Pace pace = new Pace(4, Duration.ZERO);
    assertEquals(0, pace.nanosOf(0));
    assertEquals(250, pace.nanosOf(1) / MS, 0.01);
    assertEquals(2500, pace.nanosOf(10) / MS, 0.01);
  }

  @Test
  void nanosOf_anyPace_neverGoesBack() {
    for (double rate : new double[] {1, 7.5, 1000}) {
      Pace pace = new Pace(rate, Duration.ofMillis(3_333));
      for (long n = 1; n < 10_000; n++) {
        assertTrue(pace.nanosOf(n) >= pace.nanosOf(n - 1), rate + "/s at " + n);
      }
    }
  }
}
