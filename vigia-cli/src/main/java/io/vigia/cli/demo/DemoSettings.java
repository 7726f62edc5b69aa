package io.vigia.cli.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is played with.
 *
 * <p><b>Shape.</b> {@code length} is null for a demo that plays until it is stopped.
 *
 * <p><b>Units and bounds.</b> {@code rate} in payments a second, more than nothing and at most
 * {@value #RATE_MAX}, reached after {@code rampUp}. {@code history} payments of the last {@code
 * historySpan} are sent before the first live one; at most {@value #HISTORY_MAX}.
 */
public record DemoSettings(
    double rate,
    Duration rampUp,
    @Nullable Duration length,
    int history,
    Duration historySpan,
    long seed) {

  public static final double DEFAULT_RATE = 100;

  /** Two for each customer: enough to know what is usual, and sent within seconds. */
  public static final int DEFAULT_HISTORY = 10_000;

  private static final int RATE_MAX = 1_000_000;
  private static final int HISTORY_MAX = 1_000_000;

  /** A hundred payments a second, until it is stopped. */
  public static final DemoSettings DEFAULT =
      new DemoSettings(
          DEFAULT_RATE, Duration.ofSeconds(3), null, DEFAULT_HISTORY, Duration.ofDays(1), 1);

  public DemoSettings {
    if (!(rate > 0 && rate <= RATE_MAX)) {
      throw new IllegalArgumentException(
          "rate: must be more than 0 and at most " + RATE_MAX + ", got " + rate);
    }
    if (history < 0 || history > HISTORY_MAX) {
      throw new IllegalArgumentException(
          "history: must be from 0 to " + HISTORY_MAX + ", got " + history);
    }
    if (length != null && (length.isNegative() || length.isZero())) {
      throw new IllegalArgumentException("length: must be positive, got " + length);
    }
    if (rampUp.isNegative() || historySpan.isNegative() || historySpan.isZero()) {
      throw new IllegalArgumentException(
          "rampUp and historySpan: must be positive, got " + rampUp + " and " + historySpan);
    }
  }

  /** The same at another rate. */
  public DemoSettings withRate(double newRate) {
    return new DemoSettings(newRate, rampUp, length, history, historySpan, seed);
  }

  /** The same for so long; null until it is stopped. */
  public DemoSettings withLength(@Nullable Duration newLength) {
    return new DemoSettings(rate, rampUp, newLength, history, historySpan, seed);
  }

  /** The same with so many payments beforehand. */
  public DemoSettings withHistory(int newHistory) {
    return new DemoSettings(rate, rampUp, length, newHistory, historySpan, seed);
  }

  /** The same with other people. */
  public DemoSettings withSeed(long newSeed) {
    return new DemoSettings(rate, rampUp, length, history, historySpan, newSeed);
  }
}
