package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.Replay;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * What does it cost to evaluate one condition over a row, and what by CEL's own interpreter?
 *
 * <p>Nanoseconds and bytes a condition, over 1,024 rows whose features are filled; three of four
 * have values by which all parts of {@link #TYPICAL} are evaluated, half of these to true. {@code
 * compiled} is what rules are evaluated by; {@code interpreted} is the standard runtime of cel-java
 * over maps that were filled beforehand, with amounts as doubles, since it has no decimals.
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
  private static final List<String> WATCHED = List.of("XK", "XX", "ZZ");

  /** Three comparisons and a list test: what the aim of 15 ns is about. */
  public static final String TYPICAL =
      "event.amount > 100.0 && event.country != \"PT\" && card_count_1d > 3"
          + " && event.country in lists.watched";

  @Param({
    TYPICAL,
    "card_count_1d > 9",
    "event.amount > 1000.0",
    "event.country != \"PT\"",
    "event.country in lists.watched",
    "event.amount > card_mean_30d * 5.0",
    "card_count_7d > 1000 && event.amount > card_mean_7d * 4.0"
  })
  public String condition = "";

  private final Row[] rows = new Row[ROWS];
  private final Map<String, ?>[] maps = newMaps();
  private Condition compiled = row -> Answer.FALSE;
  private CelRuntime.Program interpreted = NOTHING;
  private int next;

  private static final CelRuntime.Program NOTHING =
      program(CelCompilerFactory.standardCelCompilerBuilder(), "false");

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, ?>[] newMaps() {
    return new Map[ROWS];
  }

  @Setup
  public void compile() {
    W1 workload = W1.load();
    StreamSchema stream = workload.stream();
    List<Variable> variables = workload.pipeline().variables(stream);
    Replay replay = new Replay(workload.pipeline(), 1);
    for (int i = 0; i < HISTORY; i++) {
      rows[i % ROWS] = replay.process(workload.event(Payments.FULL + i)).row();
    }
    ValueList countries = new ValueList("watched", FieldType.STRING, WATCHED);
    Problems problems = new Problems();
    compiled =
        new ExpressionCompiler(stream, variables, List.of(countries), Map.of())
            .condition(new Text(condition, Place.of("benchmark")), problems)
            .orElseThrow(() -> new IllegalStateException("condition: got " + problems.sorted()));
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
            .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("lists", MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)));
    variables.forEach(
        variable ->
            builder.addVar(
                variable.name(),
                variable.name().contains("count") ? SimpleType.INT : SimpleType.DOUBLE));
    interpreted = program(builder, condition);
    for (int i = 0; i < ROWS; i++) {
      if (i % 4 != 0) {
        fullLength(rows[i], i, stream, variables);
      }
      maps[i] = mapOf(rows[i], stream, variables);
      same(i);
    }
  }

  /** Makes a row by which no part of {@link #TYPICAL} is cut short. */
  private static void fullLength(Row row, int i, StreamSchema stream, List<Variable> variables) {
    Slots values = row.event().values();
    int amount = stream.position("amount");
    BigDecimal before = (BigDecimal) Objects.requireNonNull(values.object(amount));
    values.setObject(amount, before.add(new BigDecimal("100.00")));
    values.setObject(stream.position("country"), i % 2 == 0 ? "ES" : WATCHED.get(0));
    for (Variable variable : variables) {
      if (variable.name().equals("card_count_1d")) {
        row.features().setNumber(variable.slot(), row.features().number(variable.slot()) + 3);
      }
    }
  }

  /** Both must answer alike, or one of them is measured at something else. */
  private void same(int i) {
    try {
      if (compiled.test(rows[i]).isTrue() != Boolean.TRUE.equals(interpreted.eval(maps[i]))) {
        throw new IllegalStateException(condition + ": different answers at " + maps[i]);
      }
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(condition + ": " + e.getMessage(), e);
    }
  }

  private static CelRuntime.Program program(CelCompilerBuilder builder, String condition) {
    try {
      CelAbstractSyntaxTree ast = builder.build().compile(condition).getAst();
      return CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
          .build()
          .createProgram(ast);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("condition: got " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> mapOf(Row row, StreamSchema stream, List<Variable> variables) {
    Map<String, Object> event = new HashMap<>();
    for (int field = 0; field < stream.size(); field++) {
      put(
          event,
          stream.field(field).name().value(),
          row.event().values().boxed(field, stream.type(field)));
    }
    Map<String, Object> all = new HashMap<>();
    all.put("event", event);
    all.put("lists", Map.of("watched", WATCHED));
    for (Variable variable : variables) {
      put(
          all,
          variable.name(),
          row.features().boxed(variable.slot(), variable.parts().get(0).type()));
    }
    return all;
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value);
    }
  }

  @Benchmark
  public Answer compiled() {
    return compiled.test(rows[next++ & ROWS - 1]);
  }

  @Benchmark
  public Object interpreted() throws CelEvaluationException {
    return interpreted.eval(maps[next++ & ROWS - 1]);
  }
}
