package io.vigia.wire.event;

import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to turn the JSON of a payment into an event?
 *
 * <p>Nanoseconds and bytes an event. 1,024 different payments of 8 declared fields (5 texts, a
 * time, a decimal and an int), alone (300 bytes at most) or followed by nested values that the
 * stream does not declare (1,024 bytes).
 *
 * <p>Last result: see docs/benchmarks/README.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class EventDecoderBenchmark {
  private static final int PAYMENTS = 1_024;

  @Param({"300", "1024"})
  public int size;

  private final byte[][] payments = new byte[PAYMENTS][];
  private final EventDecoder decoder = new EventDecoder(W1.load().stream());
  private int next;

  @Setup
  public void make() {
    for (int i = 0; i < PAYMENTS; i++) {
      payments[i] = Payments.at(i).json(size);
    }
  }

  @Benchmark
  public @Nullable Event decode() {
    byte[] json = payments[next++ % PAYMENTS];
    return decoder.decodeJson(json, 0, json.length, Envelope.NONE, 0, 0, 0, new Problems());
  }
}
