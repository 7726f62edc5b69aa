package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
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
 * <p><b>Shape.</b> The first column is the time since the beginning, plain ones are fields of the
 * event, those in backticks features: by their name, or as words of a feature that the comment
 * before the table completes. {@code missing} is a value that is not there; digits before {@code …}
 * are those that a number begins with.
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

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final MarkdownDocument.Table table;
  private final CompiledPipeline pipeline;
  private final Map<Integer, String> features = new LinkedHashMap<>();

  private DocumentedTable(MarkdownDocument.Table table, String yaml) {
    this.table = table;
    Reading reading = Reading.of(yaml);
    this.pipeline =
        reading
            .definition()
            .flatMap(definition -> PipelineCompiler.compile(definition, reading.problems()))
            .orElseThrow(
                () -> new AssertionError("line " + table.line() + "\n" + reading.printed()));
  }

  /** A table whose columns are features of a file. */
  static void checkNamed(MarkdownDocument.Table table, String yaml) {
    DocumentedTable documented = new DocumentedTable(table, yaml);
    for (int column = 0; column < table.header().size(); column++) {
      List<String> code = MarkdownDocument.code(table.header().get(column));
      if (!code.isEmpty()) {
        documented.features.put(column, code.get(0));
      }
    }
    documented.check();
  }

  /** A table whose columns are words of features, completed by those of {@code words}. */
  static void checkWords(MarkdownDocument.Table table, String words) {
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
    int n = 0;
    for (List<String> row : table.rows()) {
      Map<String, @Nullable Object> found =
          pipeline.features(replay.process(event(row, n++)).row());
      features.forEach(
          (column, name) -> {
            Object value = found.get(name);
            assertTrue(
                agrees(row.get(column), value),
                "line %d, at %s, %s: the table says %s, found %s"
                    .formatted(
                        table.line(),
                        row.get(0),
                        table.header().get(column),
                        row.get(column),
                        value));
          });
    }
  }

  private Event event(List<String> row, int n) {
    StreamSchema stream = pipeline.streams().get(0);
    Slots slots = new Slots(stream.size());
    slots.setObject(stream.position("payment_id"), "e" + n);
    slots.setObject(stream.position("card"), "c");
    slots.setObject(stream.position("merchant"), "m");
    for (int column = 1; column < row.size(); column++) {
      String header = table.header().get(column);
      if (!features.containsKey(column) && !row.get(column).isEmpty()) {
        int field = stream.position(header);
        FieldType type = stream.type(field);
        TextValue.set(
            slots, field, Objects.requireNonNull(TextValue.parse(type, row.get(column)), header));
      }
    }
    if (stream.find("country") >= 0 && !table.header().contains("country")) {
      slots.setObject(stream.position("country"), "PT");
    }
    long time =
        BEGINNING.plus(Duration.parse("PT" + row.get(0).toUpperCase(Locale.ROOT))).toEpochMilli();
    slots.setNumber(stream.timeField(), time);
    return new Event(
        stream,
        Objects.requireNonNull(stream.idOf(slots, "line:" + n)),
        Objects.requireNonNull(stream.keyOf(slots)),
        time,
        slots,
        time,
        0,
        0);
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
