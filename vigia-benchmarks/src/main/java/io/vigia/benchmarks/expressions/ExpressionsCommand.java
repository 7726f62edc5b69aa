package io.vigia.benchmarks.expressions;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Machine;
import io.vigia.core.expr.ExpressionBenchmark;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench expressions}: nanoseconds a condition, beside CEL's own interpreter. */
@Command(
    name = "expressions",
    header = "Measures what one condition costs, beside CEL's own interpreter.",
    description = {
      "Evaluates typical conditions over 1,024 rows of payments by JMH, in processes of their own:"
          + " compiled, as rules are, and by the standard runtime of cel-java over maps that were"
          + " filled beforehand. Both must answer alike on every row."
    })
public final class ExpressionsCommand implements Callable<Integer> {
  private static final int SHORT_ITERATIONS = 3;

  @Option(names = "--short", description = "One process and few iterations: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  /** What one way takes for one condition. */
  private record Cost(double nanos, double error, double bytes) {
    JsonObject json() {
      return new JsonObject()
          .put("ns", rounded(nanos))
          .put("error_ns", Double.isNaN(error) ? null : rounded(error))
          .put("bytes", rounded(bytes));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%9.1f ± %-7.1f %6.0f", nanos, error, bytes);
    }
  }

  @Override
  public Integer call() throws RunnerException {
    PrintStream text = json ? System.err : System.out;
    Machine machine = Machine.here();
    text.println(machine.text());
    Map<String, Map<String, Cost>> costs = new LinkedHashMap<>();
    for (RunResult each : new Runner(options()).run()) {
      String name = each.getParams().getBenchmark();
      costs
          .computeIfAbsent(each.getParams().getParam("condition"), c -> new LinkedHashMap<>())
          .put(name.substring(name.lastIndexOf('.') + 1), costOf(each));
    }
    text.printf(Locale.ROOT, "%-26s %-26s%n", "compiled: ns, bytes", "interpreted: ns, bytes");
    costs.forEach(
        (condition, ways) ->
            text.printf("%s  %s  %s%n", ways.get("compiled"), ways.get("interpreted"), condition));
    if (json) {
      System.out.println(result(costs).put("machine", machine.json()).encode());
    }
    return 0;
  }

  private org.openjdk.jmh.runner.options.Options options() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(ExpressionBenchmark.class.getName().replace(".", "\\."))
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (isShort) {
      options
          .forks(1)
          .warmupIterations(SHORT_ITERATIONS)
          .measurementIterations(SHORT_ITERATIONS)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementTime(TimeValue.milliseconds(500));
    }
    return options.build();
  }

  private static Cost costOf(RunResult run) {
    Result<?> time = run.getPrimaryResult();
    double bytes =
        run.getSecondaryResults().entrySet().stream()
            .filter(each -> each.getKey().endsWith("gc.alloc.rate.norm"))
            .mapToDouble(each -> each.getValue().getScore())
            .findFirst()
            .orElse(Double.NaN);
    return new Cost(time.getScore(), time.getScoreError(), bytes);
  }

  private static JsonObject result(Map<String, Map<String, Cost>> costs) {
    JsonArray conditions = new JsonArray();
    costs.forEach(
        (condition, ways) -> {
          JsonObject row = new JsonObject().put("condition", condition);
          ways.forEach((way, cost) -> row.put(way, cost.json()));
          conditions.add(row);
        });
    Map<String, Cost> typical = costs.getOrDefault(ExpressionBenchmark.TYPICAL, Map.of());
    JsonObject result = new JsonObject();
    typical.forEach((way, cost) -> result.put(way + "_ns", rounded(cost.nanos)));
    return result.put("condition", ExpressionBenchmark.TYPICAL).put("conditions", conditions);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
