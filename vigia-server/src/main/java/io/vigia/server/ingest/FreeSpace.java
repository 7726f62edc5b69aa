package io.vigia.server.ingest;

import io.vigia.server.http.ProblemAnswer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Refuses events before the disk that keeps them is full: a full disk ends Kafka and PostgreSQL, a
 * refusal does not.
 *
 * <p><b>Units and bounds.</b> Bytes; looked at once a second at most.
 */
public final class FreeSpace {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier freeBytes;
  private final long leastBytes;
  private final AtomicLong looked = new AtomicLong();
  private volatile long free;

  public FreeSpace(LongSupplier freeBytes, long leastBytes) {
    this.freeBytes = freeBytes;
    this.leastBytes = leastBytes;
    this.free = freeBytes.getAsLong();
    this.looked.set(System.nanoTime());
  }

  /** Whether there is room for more. */
  boolean isEnough() {
    long last = looked.get();
    long now = System.nanoTime();
    if (now - last > LOOK_NANOS && looked.compareAndSet(last, now)) {
      free = freeBytes.getAsLong();
    }
    return free >= leastBytes;
  }

  /** What is answered when there is not. */
  ProblemAnswer full() {
    return ProblemAnswer.unavailable(
            "disk-full",
            "the disk is nearly full",
            "%d MiB are free, %d MiB are kept free; make room or shorten the retention"
                .formatted(free >> 20, leastBytes >> 20))
        .retryAfter(Duration.ofSeconds(30));
  }
}
