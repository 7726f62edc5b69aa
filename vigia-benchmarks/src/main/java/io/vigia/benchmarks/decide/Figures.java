package io.vigia.benchmarks.decide;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The figures of one system at one rate.
 *
 * <p><b>Units and bounds.</b> Latencies in milliseconds, processor time in seconds for a thousand
 * requests.
 */
record Figures(List<Repetition> repetitions) {
  private static final double MEDIAN = 50;
  private static final double P90 = 90;
  private static final double P99 = 99;
  private static final double P999 = 99.9;
  private static final double MAX = 100;

  Figures {
    repetitions = List.copyOf(repetitions);
  }

  /** Whether every request was answered as it should be. */
  boolean isValid() {
    return repetitions.stream().allMatch(each -> each.result().isValid());
  }

  Spread p50() {
    return latency(MEDIAN);
  }

  Spread p99() {
    return latency(P99);
  }

  private Spread latency(double percentile) {
    return spread(each -> each.latencyMs(percentile));
  }

  private Spread spread(ToDoubleFunction<Repetition> value) {
    return Spread.of(repetitions.stream().map(value::applyAsDouble).toList());
  }

  private long total(ToLongFunction<Repetition> count) {
    return repetitions.stream().mapToLong(count).sum();
  }

  /** The heading of {@link #row}. */
  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-8s %-18s %-18s %-18s %-18s %-18s %-18s %s",
        "ms",
        "p50",
        "p90",
        "p99",
        "p99.9",
        "max",
        "cpu s/1,000",
        "cores of others");
  }

  String row(String name) {
    return String.format(
        Locale.ROOT,
        "%-8s %-18s %-18s %-18s %-18s %-18s %-18s %s%s",
        name,
        latency(MEDIAN),
        latency(P90),
        latency(P99),
        latency(P999),
        latency(MAX),
        spread(Repetition::cpuPerThousand),
        spread(each -> each.cpu().coresOfOthers()),
        isValid() ? "" : "  VOID: " + faults());
  }

  private String faults() {
    return total(each -> each.result().errors())
        + " errors, "
        + total(each -> each.result().fallbacks())
        + " fallbacks, "
        + total(each -> each.result().refused())
        + " times 429";
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    put(json, "p50_ms", latency(MEDIAN));
    put(json, "p90_ms", latency(P90));
    put(json, "p99_ms", latency(P99));
    put(json, "p999_ms", latency(P999));
    put(json, "max_ms", latency(MAX));
    put(json, "cpu_s_per_1000", spread(Repetition::cpuPerThousand));
    put(json, "cores_of_others", spread(each -> each.cpu().coresOfOthers()));
    JsonArray late = new JsonArray();
    repetitions.forEach(each -> late.add(each.result().lateMicros() / 1_000.0));
    return json.put("requests", total(each -> each.result().latencies().getTotalCount()))
        .put("errors", total(each -> each.result().errors()))
        .put("fallbacks", total(each -> each.result().fallbacks()))
        .put("refused_429", total(each -> each.result().refused()))
        .put("sender_late_max_ms", late)
        .put("valid", isValid());
  }

  private static void put(JsonObject json, String name, Spread spread) {
    if (!Double.isNaN(spread.median())) {
      json.put(name, rounded(spread.median()))
          .put(name + "_min", rounded(spread.min()))
          .put(name + "_max", rounded(spread.max()));
    }
  }

  static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
