package io.vigia.benchmarks.kernel;

import com.sun.management.ThreadMXBean;
import io.vigia.benchmarks.Spread;
import io.vigia.core.event.Event;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One contender's run over all events, from an empty memory.
 *
 * <p><b>Shape.</b> {@code hash} is over the judgements, see {@link JudgementHash}. {@code bytes}
 * were allocated by the judging.
 */
record Lap(long events, long nanos, long cpuNanos, long bytes, long hash) {
  /*
   * Events are judged a chunk at a time and the chunk's judgements are hashed after it; only the judging is
   * timed. A chunk is large enough for the clocks and small enough for the cache.
   */
  private static final int CHUNK = 2_000;

  private static final double NANOS_A_SECOND = 1e9;
  private static final double NANOS_A_MICRO = 1e3;

  /** Runs a contender over the events. */
  static Lap of(Contender contender, Event[] events) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    JudgementHash hash = new JudgementHash();
    Object[] judgements = new Object[CHUNK];
    long nanos = 0;
    long cpuNanos = 0;
    long bytes = 0;
    // What earlier laps left behind is not this one's to clean up.
    System.gc();
    try (Judge judge = contender.judges().get()) {
      for (int from = 0; from < events.length; from += CHUNK) {
        int size = Math.min(CHUNK, events.length - from);
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        long cpuBefore = threads.getCurrentThreadCpuTime();
        long before = System.nanoTime();
        for (int i = 0; i < size; i++) {
          judgements[i] = judge.judge(events[from + i]);
        }
        nanos += System.nanoTime() - before;
        cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
        bytes += threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        for (int i = 0; i < size; i++) {
          hash.add(events[from + i].key(), judge.text(judgements[i]));
        }
      }
    }
    return new Lap(events.length, nanos, cpuNanos, bytes, hash.value());
  }

  double eventsPerSecond() {
    return events * NANOS_A_SECOND / nanos;
  }

  /** Seconds of processor time for a million events. */
  double cpuSecondsPerMillion() {
    return cpuNanos / NANOS_A_MICRO / events;
  }

  double bytesPerEvent() {
    return bytes / (double) events;
  }

  static Spread spread(List<Lap> laps, ToDoubleFunction<Lap> figure) {
    return Spread.of(laps.stream().map(figure::applyAsDouble).toList());
  }
}
