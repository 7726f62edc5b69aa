package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.AlertLog;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.replay.Replay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of events with the values that they give, replayed.
 *
 * <p><b>Shape.</b> The first column is the time, as such or since the beginning; plain ones are
 * fields of the event, those in backticks parts of its decision or features: by their name, or as
 * words of a feature that the comment before the table completes. {@code missing} is a value that
 * is not there; digits before {@code …} are those that a number begins with.
 */
final class DocumentedTable {
  /** What the tables of the document are about. */
  private static final String FRAME =
      """
      vigia: 1
      pipeline: table
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields: {payment_id: string, created_at: timestamp, card: string, merchant: string?, amount: decimal?, country: string?}
      features:
      """;

  /** What an event has where its table does not say. */
  private static final Map<String, String> USUAL =
      Map.of("card", "c", "merchant", "m", "country", "PT");

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final MarkdownDocument.Table table;
  private final CompiledPipeline pipeline;
  private final Map<Integer, String> features = new LinkedHashMap<>();

  private DocumentedTable(MarkdownDocument.Table table, String yaml) {
    this.table = table;
    this.pipeline = Documented.compiled(table.line(), yaml);
  }

  /** A table whose columns are features of a file. */
  static String checkNamed(MarkdownDocument.Table table, String yaml) {
    DocumentedTable documented = new DocumentedTable(table, yaml);
    for (int column = 0; column < table.header().size(); column++) {
      List<String> code = MarkdownDocument.code(table.header().get(column));
      if (!code.isEmpty()) {
        documented.features.put(column, code.get(0));
      }
    }
    documented.check();
    return yaml;
  }

  /** A table whose columns are words of features, completed by those of {@code words}. */
  static String checkWords(MarkdownDocument.Table table, String words) {
    StringBuilder yaml = new StringBuilder(FRAME);
    Map<Integer, String> features = new LinkedHashMap<>();
    for (int column = 0; column < table.header().size(); column++) {
      String header = table.header().get(column);
      if (!MarkdownDocument.code(header).isEmpty()) {
        features.put(column, "f" + column);
        yaml.append("  f").append(column).append(": {on: payments, by: card");
        written(header, words).forEach((word, rest) -> yaml.append(", ").append(word).append(rest));
        yaml.append("}\n");
      }
    }
    DocumentedTable documented = new DocumentedTable(table, yaml.toString());
    documented.features.putAll(features);
    documented.check();
    return yaml.toString();
  }

  /** The words of a feature; an aggregation alone is one of the amount. */
  private static Map<String, String> written(String header, String words) {
    Map<String, String> all = new LinkedHashMap<>();
    List<String> code = new ArrayList<>(MarkdownDocument.code(header));
    String aggregation = code.get(0);
    if (!aggregation.contains(":")) {
      code.set(0, aggregation + (aggregation.equals("count") ? ": true" : ": amount"));
    }
    boolean window = code.stream().anyMatch(word -> word.matches("(over|each|session|ewma):.*"));
    for (String part : words.split(", (?=[a-z_]+:)", -1)) {
      if (!(window && part.startsWith("over:"))) {
        code.add(part);
      }
    }
    for (String part : code) {
      int colon = part.indexOf(':');
      if (colon > 0) {
        all.putIfAbsent(part.substring(0, colon), part.substring(colon));
      }
    }
    if (header.contains("no `over`")) {
      all.remove("over");
    }
    return all;
  }

  private void check() {
    assertTrue(!features.isEmpty(), "line " + table.line() + ": no column is a feature");
    Replay replay = new Replay(pipeline, 1);
    AlertLog alerts = new AlertLog(pipeline.alerts());
    int n = 0;
    for (List<String> row : table.rows()) {
      Replay.Result result = replay.process(event(row, n++));
      Decision decision = result.decision();
      AlertLog.Effects effects =
          decision == null
              ? AlertLog.Effects.NONE
              : alerts.take(decision, decision.event().timeMs());
      features.forEach(
          (column, name) -> {
            String found = DecisionCell.of(name, result, effects);
            Object value = found != null ? found : pipeline.features(result.row()).get(name);
            String cell = row.get(column);
            assertTrue(
                found != null ? cell.equals(found) : agrees(cell, value),
                "line %d, at %s, %s: the table says %s, found %s"
                    .formatted(table.line(), row.get(0), table.header().get(column), cell, value));
          });
    }
  }

  private Event event(List<String> row, int n) {
    StreamSchema stream = pipeline.streams().get(0);
    Slots slots = new Slots(stream.size());
    Map<String, String> values = new LinkedHashMap<>(USUAL);
    values.put("payment_id", "e" + n);
    for (int column = 1; column < row.size(); column++) {
      if (!features.containsKey(column)) {
        values.put(table.header().get(column), row.get(column));
      }
    }
    long timeMs = timeOf(row.get(0));
    slots.setNumber(stream.timeField(), timeMs);
    values.forEach((name, text) -> set(stream, slots, name, text));
    return new Event(
        stream,
        Objects.requireNonNull(stream.idOf(slots, "line:" + n)),
        Objects.requireNonNull(stream.keyOf(slots)),
        timeMs,
        slots,
        timeMs,
        0,
        0);
  }

  private static void set(StreamSchema stream, Slots slots, String name, String text) {
    int field = stream.find(name);
    if (field >= 0 && !text.isEmpty()) {
      FieldType type = stream.type(field);
      TextValue.set(slots, field, Objects.requireNonNull(TextValue.parse(type, text), name));
    }
  }

  /** A time, or how long after the beginning it is. */
  static long timeOf(String at) {
    return at.contains("T")
        ? Instant.parse(at).toEpochMilli()
        : BEGINNING.plus(Duration.parse("PT" + at.toUpperCase(Locale.ROOT))).toEpochMilli();
  }

  /** Whether what a cell says is the value; the parts of one that has several are listed. */
  static boolean agrees(String cell, @Nullable Object value) {
    if (value instanceof Map<?, ?> parts) {
      List<String> cells = List.of(cell.split(", ", -1));
      List<Object> values = new ArrayList<>(parts.values());
      boolean agree = cells.size() == values.size();
      for (int i = 0; agree && i < cells.size(); i++) {
        agree = agrees(cells.get(i), values.get(i));
      }
      return agree;
    }
    if (value == null || cell.equals("missing")) {
      return value == null && cell.equals("missing");
    }
    if (cell.endsWith("…")) {
      return value.toString().startsWith(cell.substring(0, cell.length() - 1));
    }
    return value instanceof Number number
        ? new BigDecimal(number.toString()).compareTo(new BigDecimal(cell)) == 0
        : cell.equals(value.toString());
  }
}
