package io.vigia.benchmarks;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bench jmh}: the inside, method by method, always with the bytes that an operation
 * allocates.
 */
@Command(
    name = "jmh",
    header = "Measures single methods with JMH, always with -prof gc.",
    description =
        "Time per operation, and as gc.alloc.rate.norm the bytes that one operation allocates.")
final class JmhCommand implements Callable<Integer> {
  private static final int SHORT_ITERATIONS = 3;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "A part of the names of the benchmarks to run, a regular expression.")
  String pattern = "Benchmark";

  @Option(names = "--short", description = "One process and few iterations: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the results there as JSON.")
  String out = "";

  @Override
  public Integer call() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(pattern)
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("-Xms2g", "-Xmx2g", "-XX:+UseG1GC")
            .shouldFailOnError(true);
    if (!out.isEmpty()) {
      options.resultFormat(org.openjdk.jmh.results.format.ResultFormatType.JSON).result(out);
    }
    if (isShort) {
      options
          .forks(1)
          .warmupIterations(SHORT_ITERATIONS)
          .measurementIterations(SHORT_ITERATIONS)
          .warmupTime(TimeValue.seconds(1))
          .measurementTime(TimeValue.seconds(1));
    }
    new Runner(options.build()).run();
    return 0;
  }
}
