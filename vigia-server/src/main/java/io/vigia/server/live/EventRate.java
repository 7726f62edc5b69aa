package io.vigia.server.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How fast a count grows, over the last three seconds. Owned by one thread. */
final class EventRate {
  private static final int SAMPLES = 4;

  private final Deque<long[]> samples = new ArrayDeque<>();

  /** Takes the count as it is now; the growth for each second. */
  double perSecond(long nowNanos, long count) {
    samples.addLast(new long[] {nowNanos, count});
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    long[] first = samples.getFirst();
    long nanos = nowNanos - first[0];
    return nanos <= 0
        ? 0
        : Math.max(0, (count - first[1]) * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
  }
}
