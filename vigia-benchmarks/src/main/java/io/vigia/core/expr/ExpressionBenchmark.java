package io.vigia.core.expr;

import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.Replay;
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
 * What does it cost to evaluate one condition over a row?
 *
 * <p>Nanoseconds and bytes a condition, over 1,024 rows whose features are filled. The parameter is
 * the condition itself: one comparison, one of text, membership of a list, decimal arithmetic, one
 * cut short by {@code &&}.
 *
 * <p>Last result: see docs/benchmarks/README.md.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ExpressionBenchmark {
  private static final int ROWS = 1_024;
  private static final int HISTORY = 20_000;

  @Param({
    "card_count_1d > 9",
    "event.amount > 1000.0",
    "event.country != \"PT\"",
    "event.country in lists.watched_countries",
    "event.amount > card_mean_30d * 5",
    "card_count_7d > 1000 && event.amount > card_mean_7d * 4"
  })
  public String condition = "";

  private final Row[] rows = new Row[ROWS];
  private Condition compiled = row -> Answer.FALSE;
  private int next;

  @Setup
  public void compile() {
    W1 workload = W1.load();
    Replay replay = new Replay(workload.pipeline(), 1);
    for (int i = 0; i < HISTORY; i++) {
      rows[i % ROWS] = replay.process(workload.event(Payments.FULL + i)).row();
    }
    ValueList countries =
        new ValueList("watched_countries", FieldType.STRING, List.of("XK", "XX", "ZZ"));
    Problems problems = new Problems();
    compiled =
        new ExpressionCompiler(
                workload.stream(),
                workload.pipeline().variables(workload.stream()),
                List.of(countries),
                Map.of())
            .condition(new Text(condition, Place.of("benchmark")), problems)
            .orElseThrow(() -> new IllegalStateException("condition: got " + problems.sorted()));
  }

  @Benchmark
  public Answer test() {
    return compiled.test(rows[next++ % ROWS]);
  }
}
