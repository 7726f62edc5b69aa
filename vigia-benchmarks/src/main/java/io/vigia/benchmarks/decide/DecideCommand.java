package io.vigia.benchmarks.decide;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Machine;
import io.vigia.benchmarks.payments.Payments;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench decide}: the latency of answers, beside that of an echo through the same Kafka. */
@Command(
    name = "decide",
    header = "Measures how long the answer to decide takes, open loop.",
    description = {
      "Sends payments of 1 KB at a fixed rate to POST /v1/streams/payments/decide and, in turn, to an"
          + " echo in the same process: HTTP, Kafka, plain consumer, Kafka, plain consumer, HTTP."
          + " Latency counts from the scheduled time. The sender is a process of its own.",
      "",
      "A figure is void unless every request was answered with a decision of its own."
    })
public final class DecideCommand implements Callable<Integer> {
  private static final int SHORT_SECONDS = 10;
  private static final int SHORT_REPETITIONS = 2;
  private static final long SHORT_HISTORY = 50_000;

  @Option(names = "--rates", split = ",", description = "Requests a second. Default: 200,1000")
  List<Integer> rates = List.of(200, 1000);

  @Option(names = "--seconds", description = "Length of each run. Default: ${DEFAULT-VALUE}")
  int seconds = 30;

  @Option(
      names = "--warmup",
      description = "Seconds of warm-up for each of the two. Default: ${DEFAULT-VALUE}")
  int warmup = 20;

  @Option(
      names = "--repetitions",
      description = "Runs of each of the two at each rate. Default: ${DEFAULT-VALUE}")
  int repetitions = 5;

  @Option(
      names = "--history",
      description =
          "Payments that fill the windows first, 9,600 a day of event time. Default: ${DEFAULT-VALUE}")
  long history = Payments.FULL;

  @Option(
      names = "--partitions",
      description = "Partitions of the topics. Default: ${DEFAULT-VALUE}")
  int partitions = 4;

  @Option(
      names = "--parallelism",
      description = "Parallelism of the job. Default: ${DEFAULT-VALUE}")
  int parallelism = 1;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Only decide, or only echo: for profiling.")
  String only = "";

  @Option(
      names = "--short",
      description = "Two runs of 10 s and little history: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (isShort) {
      seconds = Math.min(seconds, SHORT_SECONDS);
      warmup = Math.min(warmup, SHORT_SECONDS);
      repetitions = Math.min(repetitions, SHORT_REPETITIONS);
      history = Math.min(history, SHORT_HISTORY);
    }
    PrintStream text = json ? System.err : System.out;
    Machine machine = Machine.here();
    text.println(machine.text());
    List<RateFigures> figures = new ArrayList<>();
    String faults;
    try (DecideBench bench = new DecideBench(partitions, parallelism, history, text)) {
      text.printf(Locale.ROOT, "%,d payments of history decided and stored%n", history);
      warmUp(bench, text);
      for (int rate : rates) {
        RateFigures measured = measure(bench, rate);
        figures.add(measured);
        measured.print(text, repetitions, seconds);
      }
      faults = bench.faults();
    }
    if (!faults.isEmpty()) {
      text.println("VOID: " + faults);
    }
    if (json) {
      System.out.println(json(machine, figures, faults).encode());
    }
    return faults.isEmpty() && figures.stream().allMatch(RateFigures::isValid) ? 0 : 1;
  }

  private void warmUp(DecideBench bench, PrintStream text) throws InterruptedException {
    if (warmup == 0) {
      return;
    }
    int rate = rates.stream().mapToInt(Integer::intValue).max().orElse(1);
    for (Contender each : contenders(bench)) {
      Repetition run = bench.run(each, rate, warmup);
      text.printf(
          Locale.ROOT,
          "warm-up %-6s %d s at %,d/s: p50 %.2f ms, p99 %.2f ms, %d fallbacks%n",
          each.name(),
          warmup,
          rate,
          run.latencyMs(50),
          run.latencyMs(99),
          run.result().fallbacks());
    }
  }

  /** In the order A B B A A B B A …, so that what drifts meets both alike. */
  private RateFigures measure(DecideBench bench, int rate) throws InterruptedException {
    List<Repetition> decide = new ArrayList<>();
    List<Repetition> echo = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      List<Contender> order = new ArrayList<>(contenders(bench));
      if (i % 2 == 1) {
        java.util.Collections.reverse(order);
      }
      for (Contender each : order) {
        (each.equals(bench.decider()) ? decide : echo).add(bench.run(each, rate, seconds));
      }
    }
    return new RateFigures(rate, new Figures(decide), new Figures(echo));
  }

  private List<Contender> contenders(DecideBench bench) {
    return java.util.stream.Stream.of(bench.echoer(), bench.decider())
        .filter(each -> only.isEmpty() || only.equals(each.name()))
        .toList();
  }

  private JsonObject json(Machine machine, List<RateFigures> figures, String faults) {
    JsonArray rows = new JsonArray();
    figures.forEach(each -> rows.add(each.json()));
    JsonObject result =
        new JsonObject()
            .put("rates", rows)
            .put("seconds", seconds)
            .put("repetitions", repetitions)
            .put("warmup_seconds", warmup)
            .put("history", history)
            .put("partitions", partitions)
            .put("parallelism", parallelism)
            .put("valid", faults.isEmpty() && figures.stream().allMatch(RateFigures::isValid));
    if (!faults.isEmpty()) {
      result.put("faults", faults);
    }
    return result.put("machine", machine.json());
  }
}
