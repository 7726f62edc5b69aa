package io.vigia.cli.send;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When each event is due, counted from the start.
 *
 * <p><b>Shape.</b> As fast as the server takes them; or so many a second, whatever the server does
 * (open loop: what was late is made up for); or as their own times say, so many times faster.
 *
 * <p><b>Units and bounds.</b> Nanoseconds. Mutable, owned by one thread.
 */
final class Pace {
  private final double perSecond;
  private final double speed;
  private long events;
  private @Nullable Long firstMs;
  private long latestMs;

  private Pace(double perSecond, double speed) {
    this.perSecond = perSecond;
    this.speed = speed;
  }

  static Pace max() {
    return new Pace(0, 0);
  }

  static Pace rate(double perSecond) {
    return new Pace(perSecond, 0);
  }

  static Pace speed(double factor) {
    return new Pace(0, factor);
  }

  /** When the next event is due, which has this time. */
  long dueNanos(long timeMs) {
    if (perSecond > 0) {
      return (long) (events++ / perSecond * 1e9);
    }
    if (speed > 0) {
      if (firstMs == null) {
        firstMs = timeMs;
        latestMs = timeMs;
      }
      latestMs = Math.max(latestMs, timeMs);
      return (long) (TimeUnit.MILLISECONDS.toNanos(1) * ((latestMs - firstMs) / speed));
    }
    return 0;
  }
}
