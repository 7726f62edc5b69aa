package io.vigia.benchmarks.checkpoints;

import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.flink.FedJob;
import java.math.BigDecimal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Payments for one job: first a long history as fast as it goes, then more on schedule, whose
 * latency is measured from the time at which they were due.
 *
 * <p><b>Shape.</b> One payment in ten is of the key with the long history, or, where there is none,
 * of one of {@value #SPREAD} that share it. The others are of {@value #CARDS} cards. The event time
 * between two payments is such that the history always fills the window of 30 days.
 */
final class LoadFeed implements FedJob.Feed {
  private static final int CARDS = 1_000;
  private static final int SPREAD = 20_000;
  private static final int SHARE = 10;
  private static final long START_MS = 1_767_225_600_000L;
  private static final double WINDOW_MS = 30 * 86_400_000.0;
  private static final long NANOS = 1_000_000_000L;

  private final StreamSchema stream;
  private final boolean hot;
  private final long history;
  private final long warm;
  private final long measured;
  private final double nanosBetween;
  private final Histogram latency = new Histogram(1_000, 60 * NANOS, 3);
  private final CountDownLatch filled = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private long given;
  private long startNanos;
  private long dueNanos;

  /**
   * @param history how many events the long history has
   * @param rate events a second afterwards
   */
  LoadFeed(
      StreamSchema stream,
      boolean hot,
      long history,
      double rate,
      double warmSeconds,
      double seconds) {
    this.stream = stream;
    this.hot = hot;
    this.history = history;
    this.warm = (long) (rate * warmSeconds);
    this.measured = (long) (rate * seconds);
    this.nanosBetween = NANOS / rate;
  }

  @Override
  public Event next() throws InterruptedException {
    long n = given++;
    if (n < history) {
      return event(n, true, START_MS + (long) (n * WINDOW_MS / history));
    }
    long load = n - history;
    if (load == 0) {
      filled.countDown();
      startNanos = System.nanoTime() + NANOS;
    }
    dueNanos = startNanos + (long) (load * nanosBetween);
    await(dueNanos);
    return event(
        n, load % SHARE == 0, START_MS + (long) (WINDOW_MS + load * WINDOW_MS / history / SHARE));
  }

  private static void await(long dueNanos) throws InterruptedException {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      // The last moment is spun: a parked thread wakes up some tens of microseconds late.
      if (left > 100_000) {
        LockSupport.parkNanos(left - 80_000);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void judged(byte[] value) {
    long load = given - 1 - history;
    if (load >= warm && load < warm + measured) {
      latency.recordValue(Math.max(0, System.nanoTime() - dueNanos));
    } else if (load == warm + measured) {
      done.countDown();
    }
  }

  private Event event(long n, boolean ofHistory, long timeMs) {
    long dice = (n + 1) * 0x9e37_79b9_7f4a_7c15L;
    String card =
        ofHistory
            ? hot ? "hot" : "s" + Long.remainderUnsigned(dice, SPREAD)
            : "c" + Long.remainderUnsigned(dice, CARDS);
    String id = "p" + n;
    Slots values = new Slots(stream.size());
    values.setObject(0, id);
    values.setNumber(1, timeMs);
    values.setObject(2, card);
    values.setObject(3, "m");
    values.setObject(4, BigDecimal.valueOf(((dice >>> 40) % 100_000) | 1, 2));
    values.setObject(5, "PT");
    values.setObject(6, "web");
    return new Event(stream, id, card, timeMs, values, timeMs, 0, n);
  }

  boolean awaitFilled(long seconds) throws InterruptedException {
    return filled.await(seconds, TimeUnit.SECONDS);
  }

  boolean awaitDone(long seconds) throws InterruptedException {
    return done.await(seconds, TimeUnit.SECONDS);
  }

  /** Nanoseconds; to be read when it is done. */
  Histogram latency() {
    return latency;
  }
}
