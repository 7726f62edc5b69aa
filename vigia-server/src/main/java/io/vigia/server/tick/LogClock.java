package io.vigia.server.tick;

import java.time.InstantSource;

/**
 * The clock of the log, as far as the times at which it has appended our records tell.
 *
 * <p>Times that have passed since something was appended are measured by it, so that a gateway
 * whose own clock is wrong tells no wrong time.
 *
 * <p>Safe for several threads.
 */
public final class LogClock {
  /** A record that took longer to be acknowledged than the one before moves it by so little. */
  private static final int WEIGHT = 16;

  private final InstantSource clock;
  private long aheadMs;
  private boolean known;

  public LogClock(InstantSource clock) {
    this.clock = clock;
  }

  /** The log has acknowledged a record just now. */
  public synchronized void acknowledged(long appendedMs) {
    long ahead = appendedMs - clock.millis();
    if (!known || ahead >= aheadMs) {
      aheadMs = ahead;
    } else {
      aheadMs -= Math.max(1, (aheadMs - ahead) / WEIGHT);
    }
    known = true;
  }

  /** Whether it has acknowledged anything yet; before that its time is not known. */
  synchronized boolean isKnown() {
    return known;
  }

  /** Epoch milliseconds. */
  synchronized long nowMs() {
    return clock.millis() + aheadMs;
  }
}
