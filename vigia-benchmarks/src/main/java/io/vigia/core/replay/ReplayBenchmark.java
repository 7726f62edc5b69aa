package io.vigia.core.replay;

import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.event.Event;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a whole event cost in the core: two keys, 12 features over full windows, 20 rules?
 *
 * <p>Nanoseconds and bytes an event, on one thread. {@link W1} over 37 days of payments, which are
 * processed again and again, each round 37 days later than the one before. 56 of the bytes are the
 * benchmark's own: the event with its new time.
 *
 * <p>Last result: see docs/benchmarks/README.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
public class ReplayBenchmark {
  private static final int ROUND = (int) Payments.FULL;
  private static final long ROUND_MS = Payments.FULL * Payments.SPACING_MS;

  private final W1 workload = W1.load();
  private final Event[] events = new Event[ROUND];
  private final Replay replay = new Replay(workload.pipeline(), 1);
  private int next;
  private long laterMs;

  @Setup
  public void fillWindows() {
    for (int i = 0; i < ROUND; i++) {
      events[i] = workload.event(i);
      replay.process(events[i]);
    }
    laterMs = ROUND_MS;
  }

  @Benchmark
  public Replay.Result process() {
    Event event = events[next];
    Event now =
        new Event(
            event.stream(),
            event.id(),
            event.key(),
            event.timeMs() + laterMs,
            event.values(),
            event.appendMs(),
            event.partition(),
            event.offset());
    if (++next == ROUND) {
      next = 0;
      laterMs += ROUND_MS;
    }
    return replay.process(now);
  }
}
