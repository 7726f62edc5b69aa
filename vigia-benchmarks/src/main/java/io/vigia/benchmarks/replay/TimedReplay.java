package io.vigia.benchmarks.replay;

import io.vigia.benchmarks.payments.W1;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.replay.Replay;
import java.lang.management.ManagementFactory;

/** A replay of payments that knows how long the processing took, and nothing else. */
final class TimedReplay {
  /*
   * Events are made a chunk at a time, then the chunk is processed, then its decisions are hashed: only
   * the middle is timed. A chunk is large enough for the clocks and small enough for the cache.
   */
  private static final int CHUNK = 2_000;

  private static final long PRIME = 0x100000001b3L;

  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final W1 workload;
  private final Replay replay;
  private final Event[] events = new Event[CHUNK];
  private final Decision[] decisions = new Decision[CHUNK];
  private long next;
  private long hash = 0xcbf29ce484222325L;

  /** What processing so many events took; {@code bytes} were allocated. */
  record Lap(long events, long nanos, long cpuNanos, long bytes) {}

  TimedReplay(W1 workload) {
    this.workload = workload;
    this.replay = new Replay(workload.pipeline(), 1);
  }

  /** Processes the next {@code count} payments. */
  Lap run(long count) {
    long nanos = 0;
    long cpuNanos = 0;
    long bytes = 0;
    for (long done = 0; done < count; done += CHUNK) {
      int size = (int) Math.min(CHUNK, count - done);
      for (int i = 0; i < size; i++) {
        events[i] = workload.event(next++);
      }
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long cpuBefore = threads.getCurrentThreadCpuTime();
      long before = System.nanoTime();
      for (int i = 0; i < size; i++) {
        decisions[i] = decide(events[i]);
      }
      nanos += System.nanoTime() - before;
      cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
      bytes += threads.getCurrentThreadAllocatedBytes() - bytesBefore;
      for (int i = 0; i < size; i++) {
        mix(decisions[i]);
      }
    }
    return new Lap(count, nanos, cpuNanos, bytes);
  }

  private Decision decide(Event event) {
    Decision decision = replay.process(event).decision();
    if (decision == null) {
      throw new IllegalStateException("payment " + event.id() + ": not decided");
    }
    return decision;
  }

  private void mix(Decision decision) {
    long one = decision.id().low() ^ decision.outcome().hashCode() ^ decision.score();
    hash = (hash ^ one ^ decision.rules().hashCode() ^ decision.features().hashCode()) * PRIME;
  }

  /** Over all decisions so far, in their order. */
  long hash() {
    return hash;
  }

  int keys() {
    return replay.keys();
  }

  int stateBytes() {
    return replay.snapshot().length;
  }
}
