package io.vigia.core.expr;

import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * What does it cost to look a value up in a list, by its type?
 *
 * <p>Nanoseconds and bytes a look-up, over 1,024 rows, in a list of 1,000 values, which half of the
 * rows have; {@code changed} says whether a value of the list was ever added while it ran.
 *
 * <p>Last result: see docs/benchmarks/README.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ListBenchmark {
  private static final int ROWS = 1_024;
  private static final int VALUES = 1_000;

  /** Beyond the objects that the JVM keeps of small numbers. */
  private static final long FIRST = 1_000_000_000L;

  @Param({"STRING", "INT", "DOUBLE", "TIMESTAMP", "DECIMAL"})
  public FieldType type = FieldType.INT;

  @Param({"false", "true"})
  public boolean changed;

  private final Row[] rows = new Row[ROWS];
  private Condition condition = row -> Answer.FALSE;
  private int next;

  @Setup
  public void compile() {
    W1 workload = W1.load();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      values.add(value(i));
    }
    Problems problems = new Problems();
    condition =
        new ExpressionCompiler(
                workload.stream(),
                List.of(Variable.plain("asked", type, 0)),
                List.of(new ValueList("known", 0, type, values)),
                Map.of())
            .condition(new Text("asked in lists.known", Place.of("benchmark")), problems)
            .orElseThrow(() -> new IllegalStateException("condition: got " + problems.sorted()));
    Lists lists = new Lists(List.of("known"));
    if (changed) {
      lists.apply(
          new ListChange(
              "known", value(-1), ListChange.Kind.ADDED, 0, ListChange.FOR_EVER, "benchmark"));
    }
    for (int i = 0; i < ROWS; i++) {
      Slots slots = new Slots(1);
      set(slots, value(i % 2 == 0 ? i * 31 % VALUES : VALUES + i));
      rows[i] = new Row(workload.event(Payments.FULL + i), slots, 1, null);
      rows[i].useLists(lists);
      if (condition.test(rows[i]).isTrue() != (i % 2 == 0)) {
        throw new IllegalStateException("look-up " + i + ": got " + condition.test(rows[i]));
      }
    }
  }

  private Object value(int i) {
    return switch (type) {
      case STRING -> "value-" + i;
      case INT -> FIRST + i;
      case DOUBLE -> FIRST + i + 0.5;
      case TIMESTAMP -> Instant.ofEpochMilli(FIRST + i);
      case DECIMAL -> BigDecimal.valueOf(FIRST + i, 2);
      case BOOL -> throw new IllegalArgumentException("type of a list: got " + type);
    };
  }

  private static void set(Slots slots, Object value) {
    if (value instanceof Long number) {
      slots.setNumber(0, number);
    } else if (value instanceof Double real) {
      slots.setReal(0, real);
    } else if (value instanceof Instant time) {
      slots.setNumber(0, time.toEpochMilli());
    } else {
      slots.setObject(0, value);
    }
  }

  @Benchmark
  public Answer contains() {
    return condition.test(rows[next++ & ROWS - 1]);
  }
}
