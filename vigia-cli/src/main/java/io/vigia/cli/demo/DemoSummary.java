package io.vigia.cli.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Ink;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a demo has shown.
 *
 * <p><b>Shape.</b> {@code server} has what log and store counted during the demo: the history, the
 * live payments and whatever else came meanwhile; everything else is about the live payments, as
 * their sender saw them. {@code falsePositives} are good payments that were blocked or reviewed.
 * {@code errors} counts payments without an answer by what came instead.
 *
 * <p><b>Units and bounds.</b> Latencies in milliseconds from the moment a payment was due, so that
 * waiting counts too. {@code firstDecision} from the start of the command; null when nothing was
 * decided.
 */
public record DemoSummary(
    long history,
    long payments,
    Duration length,
    ServerCounts server,
    long fallbacks,
    Map<String, Long> errors,
    @Nullable Duration firstDecision,
    double p50Ms,
    double p99Ms,
    double maxMs,
    Map<FraudKind, Fraud> frauds,
    long good,
    long falsePositives) {

  private static final List<String> OUTCOMES =
      List.of("allow", "challenge", Answer.REVIEW, Answer.BLOCK);

  public DemoSummary {
    errors = new TreeMap<>(errors);
    frauds = new LinkedHashMap<>(frauds);
  }

  /** One kind of fraud: its episodes, those of which a payment was stopped, and the payments. */
  public record Fraud(int episodes, int detected, long payments, long stopped) {}

  /** As one JSON object. */
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("events", server.events());
    out.writeNumberField("decisions", server.decisions());
    writeCounts("by_outcome", server.byOutcome(), out);
    out.writeNumberField("fallbacks", fallbacks);
    out.writeNumberField("duplicates", server.duplicates());
    out.writeNumberField("alerts", server.alerts());
    if (firstDecision == null) {
      out.writeNullField("first_decision_s");
    } else {
      out.writeNumberField("first_decision_s", rounded(firstDecision.toMillis() / 1000.0));
    }
    out.writeNumberField("p50_ms", rounded(p50Ms));
    out.writeNumberField("p99_ms", rounded(p99Ms));
    out.writeNumberField("max_ms", rounded(maxMs));
    out.writeNumberField("history", history);
    out.writeNumberField("payments", payments);
    out.writeNumberField("seconds", rounded(length.toMillis() / 1000.0));
    writeCounts("errors", errors, out);
    out.writeObjectFieldStart("frauds");
    for (Map.Entry<FraudKind, Fraud> each : frauds.entrySet()) {
      Fraud fraud = each.getValue();
      out.writeObjectFieldStart(each.getKey().word());
      out.writeNumberField("episodes", fraud.episodes);
      out.writeNumberField("detected", fraud.detected);
      out.writeNumberField("payments", fraud.payments);
      out.writeNumberField("stopped", fraud.stopped);
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeNumberField("good", good);
    out.writeNumberField("false_positives", falsePositives);
    out.writeEndObject();
  }

  private static void writeCounts(String name, Map<String, Long> counts, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> each : counts.entrySet()) {
      out.writeNumberField(each.getKey(), each.getValue());
    }
    out.writeEndObject();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** For people. */
  public void print(PrintStream out, Ink ink) {
    out.println();
    row(
        out,
        ink,
        "payments",
        Figures.count(payments) + " in " + Figures.seconds(length) + before());
    row(out, ink, "decisions", Figures.count(server.decisions()) + " stored: " + outcomes());
    row(out, ink, "latency", latency());
    String name = "frauds";
    for (Map.Entry<FraudKind, Fraud> each : frauds.entrySet()) {
      row(out, ink, name, found(each.getKey(), each.getValue()));
      name = "";
    }
    row(
        out,
        ink,
        "good ones",
        Figures.count(falsePositives)
            + " of "
            + Figures.count(good)
            + String.format(
                Locale.ROOT,
                " were blocked or reviewed (%.2f %%)",
                100.0 * falsePositives / Math.max(1, good)));
    row(out, ink, "alerts", Figures.count(server.alerts()));
    errors.forEach((what, count) -> row(out, ink, "errors", Figures.count(count) + " " + what));
  }

  private static void row(PrintStream out, Ink ink, String name, String text) {
    out.println("  " + ink.faint(String.format(Locale.ROOT, "%-10s", name)) + text);
  }

  private String before() {
    return history == 0 ? "" : ", after " + Figures.count(history) + " earlier ones";
  }

  /** Counts by outcome, from the mildest to the most severe of the demo's pipeline. */
  static Map<String, Long> mildFirst(Map<String, Long> byOutcome) {
    Map<String, Long> ordered = new LinkedHashMap<>();
    for (String outcome : OUTCOMES) {
      Long count = byOutcome.get(outcome);
      if (count != null) {
        ordered.put(outcome, count);
      }
    }
    byOutcome.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private String outcomes() {
    return mildFirst(server.byOutcome()).entrySet().stream()
            .map(each -> each.getKey() + " " + Figures.count(each.getValue()))
            .collect(Collectors.joining(", "))
        + "; fallbacks "
        + Figures.count(fallbacks)
        + ", duplicates "
        + Figures.count(server.duplicates());
  }

  private String latency() {
    return String.format(
        Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, at most %.0f ms", p50Ms, p99Ms, maxMs);
  }

  private static String found(FraudKind kind, Fraud fraud) {
    return String.format(
        Locale.ROOT,
        "%-21s %d of %d found; %d of %d payments stopped",
        kind.word().replace('_', ' '),
        fraud.detected,
        fraud.episodes,
        fraud.stopped,
        fraud.payments);
  }
}
