package io.vigia.cli.demo;

import java.time.Duration;

/**
 * When the n-th payment is due, whatever became of those before it: an open loop.
 *
 * <p><b>Shape.</b> The rate grows evenly from nothing to {@code perSecond} during {@code rampUp},
 * and stays. At 100 a second after a ramp of 2 s:
 *
 * <pre>
 * n        0    25    100    101
 * due     0s    1s     2s   2.01s
 * </pre>
 */
record Pace(double perSecond, Duration rampUp) {
  private static final double NANOS = 1e9;

  /** In nanoseconds after the start. */
  long nanosOf(long n) {
    double ramp = rampUp.toNanos() / NANOS;
    double duringRamp = perSecond * ramp / 2;
    double seconds =
        n < duringRamp ? Math.sqrt(2 * ramp * n / perSecond) : n / perSecond + ramp / 2;
    return (long) (seconds * NANOS);
  }
}
