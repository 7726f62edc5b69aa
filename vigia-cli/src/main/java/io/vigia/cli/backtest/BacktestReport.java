package io.vigia.cli.backtest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.cli.backtest.BacktestCounts.RuleCounts;
import io.vigia.cli.terminal.Columns;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Ink;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows what a backtest has counted. */
final class BacktestReport {
  private final Backtest backtest;
  private final BacktestCounts counts;

  BacktestReport(Backtest backtest) {
    this.backtest = backtest;
    this.counts = backtest.counts();
  }

  private double perSecond() {
    return counts.events() * 1e9 / backtest.totalNanos();
  }

  private double corePerSecond() {
    return counts.events() * 1e9 / backtest.coreNanos();
  }

  /** Prints it for people. */
  void print(PrintStream text, Ink ink) {
    text.println(
        ink.strong(backtest.pipeline().name())
            + ": "
            + Figures.count(counts.events(), "event")
            + " in "
            + Figures.seconds(Duration.ofNanos(backtest.totalNanos()))
            + ", "
            + Figures.rate(perSecond())
            + "; deciding alone "
            + Figures.rate(corePerSecond()));
    row(
        text,
        "outcomes",
        counts.outcomes().entrySet().stream()
            .map(entry -> entry.getKey() + " " + Figures.count(entry.getValue()))
            .collect(Collectors.joining(" · ")));
    row(
        text,
        "also",
        "late "
            + Figures.count(counts.late())
            + " · repeats "
            + Figures.count(counts.repeats())
            + " · conflicts "
            + Figures.count(counts.conflicts())
            + " · bad lines "
            + Figures.count(backtest.badLines())
            + (counts.coarse() == 0 ? "" : " · coarse " + Figures.count(counts.coarse()))
            + (backtest.pipeline().hasTimers()
                ? " · silences " + Figures.count(counts.silences())
                : ""));
    if (counts.givenUp() > 0) {
      row(
          text,
          "",
          ink.doubtful("given up " + Figures.count(counts.givenUp()))
              + " partial matches of patterns, of which a key can have 64");
    }
    if (!backtest.conflicts().isEmpty()) {
      row(text, "", "conflicts at " + String.join(", ", backtest.conflicts()));
    }
    printRules(text, ink);
    LabelTally tally = backtest.tally();
    if (tally != null) {
      printLabels(tally, text);
    }
  }

  private static void row(PrintStream text, String name, String value) {
    text.println("  " + Columns.left(name, 10) + value);
  }

  private void printRules(PrintStream text, Ink ink) {
    text.println();
    int width = counts.rules().keySet().stream().mapToInt(String::length).max().orElse(0);
    String name = "rules";
    for (Map.Entry<String, RuleCounts> entry : counts.rules().entrySet()) {
      RuleCounts rule = entry.getValue();
      row(
          text,
          name,
          Columns.left(entry.getKey(), width)
              + Columns.right(Figures.count(rule.fired()), 12)
              + (rule.isShadow() ? "  " + ink.faint("in shadow") : "")
              + (rule.unknown() > 0
                  ? "  " + ink.faint(Figures.count(rule.unknown()) + " unknown")
                  : ""));
      name = "";
    }
  }

  private static void printLabels(LabelTally tally, PrintStream text) {
    text.println();
    row(
        text,
        "labels",
        Figures.count(tally.positives())
            + " positive · "
            + Figures.count(tally.negatives())
            + " negative, of which "
            + Figures.count(tally.missing())
            + " without a label");
    text.println();
    String columns = "%-14s%12s%12s%13s%10s";
    row(text, "", columns.formatted("outcome", "positive", "negative", "precision", "recall"));
    List<LabelTally.Row> rows = tally.rows();
    for (LabelTally.Row row : rows) {
      boolean mildest = row.equals(rows.get(rows.size() - 1));
      row(
          text,
          "",
          columns
              .formatted(
                  row.outcome(),
                  Figures.count(row.positive()),
                  Figures.count(row.negative()),
                  mildest ? "" : Figures.percent(row.precision()),
                  mildest ? "" : Figures.percent(row.recall()))
              .stripTrailing());
    }
    row(text, "", "precision and recall of an outcome count the severer ones too");
    if (tally.kinds().size() > 1) {
      text.println();
      for (LabelTally.Kind kind : tally.kinds()) {
        row(
            text,
            "",
            "%-24s%s of %s caught"
                .formatted(
                    kind.label(), Figures.count(kind.caught()), Figures.count(kind.events())));
      }
    }
  }

  /** Writes the members for programs. */
  void write(JsonGenerator out) throws IOException {
    out.writeStringField("pipeline", backtest.pipeline().name());
    out.writeNumberField("events", counts.events());
    out.writeNumberField("decisions", counts.decisions());
    out.writeNumberField("silences", counts.silences());
    out.writeNumberField("seconds", Math.round(backtest.totalNanos() / 1e6) / 1e3);
    out.writeNumberField("events_per_second", Math.round(perSecond()));
    out.writeNumberField("core_events_per_second", Math.round(corePerSecond()));
    out.writeObjectFieldStart("by_outcome");
    for (Map.Entry<String, Long> outcome : counts.outcomes().entrySet()) {
      out.writeNumberField(outcome.getKey(), outcome.getValue());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("by_rule");
    for (Map.Entry<String, RuleCounts> rule : counts.rules().entrySet()) {
      out.writeObjectFieldStart(rule.getKey());
      out.writeNumberField("fired", rule.getValue().fired());
      out.writeNumberField("unknown", rule.getValue().unknown());
      out.writeBooleanField("shadow", rule.getValue().isShadow());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeNumberField("late", counts.late());
    out.writeNumberField("coarse", counts.coarse());
    out.writeNumberField("repeats", counts.repeats());
    out.writeNumberField("conflicts", counts.conflicts());
    out.writeNumberField("bad_lines", backtest.badLines());
    out.writeNumberField("given_up", counts.givenUp());
    LabelTally tally = backtest.tally();
    if (tally != null) {
      write(tally, out);
    }
  }

  private static void write(LabelTally tally, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("labels");
    out.writeNumberField("positive", tally.positives());
    out.writeNumberField("negative", tally.negatives());
    out.writeNumberField("missing", tally.missing());
    share("precision", tally.threshold().precision(), out);
    share("recall", tally.threshold().recall(), out);
    out.writeArrayFieldStart("by_outcome");
    for (LabelTally.Row row : tally.rows()) {
      out.writeStartObject();
      out.writeStringField("outcome", row.outcome());
      out.writeNumberField("positive", row.positive());
      out.writeNumberField("negative", row.negative());
      share("precision", row.precision(), out);
      share("recall", row.recall(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("kinds");
    for (LabelTally.Kind kind : tally.kinds()) {
      out.writeStartObject();
      out.writeStringField("label", kind.label());
      out.writeNumberField("events", kind.events());
      out.writeNumberField("caught", kind.caught());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void share(String name, double value, JsonGenerator out) throws IOException {
    if (Double.isNaN(value)) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, Math.round(value * 10_000) / 10_000.0);
    }
  }
}
