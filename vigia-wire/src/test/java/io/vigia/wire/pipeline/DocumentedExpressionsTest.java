package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.CompiledValue;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.ValueList;
import io.vigia.core.expr.Variable;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The expressions, functions and formats of the language page, evaluated. */
final class DocumentedExpressionsTest {
  private static final MarkdownDocument DOCUMENT = LanguageDocumentTest.DOCUMENT;

  @Test
  void tables_ofExpressions_giveTheirValues() {
    int evaluated = 0;
    for (MarkdownDocument.Table table : DOCUMENT.tables()) {
      if (table.header().equals(List.of("expression", "gives"))) {
        for (List<String> row : table.rows()) {
          Object value = evaluate(MarkdownDocument.code(row.get(0)).get(0));
          String expected = row.get(1).replace("`", "");
          boolean same =
              expected.startsWith("\"")
                  ? expected.equals("\"" + value + "\"")
                  : expected.equals(value == null ? "missing" : value.toString());
          assertTrue(same, row.get(0) + ": the table says " + expected + ", found " + value);
          evaluated++;
        }
      }
    }
    assertTrue(evaluated > 10, "expressions: found " + evaluated);
  }

  private static @Nullable Object evaluate(String expression) {
    Problems problems = new Problems();
    CompiledValue value =
        compiler(FieldType.STRING)
            .value(new Text(expression, Place.of("language.md")), problems)
            .orElseThrow(() -> new AssertionError(expression + ": " + problems.sorted()));
    return value.of(row());
  }

  /** The functions of a table stand there as they can be written, with names for their values. */
  @Test
  void tables_ofFunctions_canBeWrittenAsTheyStand() {
    int compiled = 0;
    for (MarkdownDocument.Table table : DOCUMENT.tables()) {
      if (table.header().get(0).equals("function")) {
        for (List<String> row : table.rows()) {
          for (String call : MarkdownDocument.code(row.get(0))) {
            assertTrue(!call.contains("(") || compiles(call), "no such call: " + call);
            compiled++;
          }
        }
      }
    }
    assertTrue(compiled > 40, "functions: found " + compiled);
  }

  /** {@code x} may be a number of any type, or a text. */
  private static boolean compiles(String call) {
    String written =
        call.replaceAll("\\blist\\b", "lists.listed")
            .replaceAll("\\bothers\\b", "[\"a\"]")
            .replaceAll("\\bd\\.", "(t - t).");
    Text size = new Text("size([" + written + "])", Place.of("language.md"));
    for (FieldType type : FieldType.values()) {
      for (FieldType listed : List.of(FieldType.STRING, FieldType.INT)) {
        if (compiler(type, listed).value(size, new Problems()).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private static ExpressionCompiler compiler(FieldType numbers) {
    return compiler(numbers, FieldType.STRING);
  }

  private static ExpressionCompiler compiler(FieldType numbers, FieldType listed) {
    List<Variable> variables = new ArrayList<>();
    for (String name : List.of("x", "y", "a", "b", "lat1", "lon1", "lat2", "lon2")) {
      variables.add(Variable.plain(name, numbers, variables.size()));
    }
    for (String name : List.of("text", "address")) {
      variables.add(Variable.plain(name, FieldType.STRING, variables.size()));
    }
    variables.add(Variable.plain("t", FieldType.TIMESTAMP, variables.size()));
    variables.add(
        Variable.plain(
            "other",
            numbers == FieldType.TIMESTAMP ? FieldType.TIMESTAMP : FieldType.STRING,
            variables.size()));
    variables.add(
        new Variable(
            "card_last",
            true,
            variables.size(),
            List.of(new Variable.Part("country", FieldType.STRING))));
    return new ExpressionCompiler(
        frame().streams().get(0),
        variables,
        List.of(
            new ValueList(
                "listed", listed, listed == FieldType.STRING ? List.of("a") : List.of(1L))),
        Map.of());
  }

  private static CompiledPipeline frame() {
    return Documented.compiled(1, DOCUMENT.blocks().get(0).text());
  }

  private static Row row() {
    CompiledPipeline frame = frame();
    Slots values = new Slots(frame.streams().get(0).size());
    Event event = new Event(frame.streams().get(0), "e", "k", 0, values, 0, 0, 0);
    return new Row(event, new Slots(20), 1, null);
  }

  /** Each format writes the value of its row as the row says. */
  @Test
  void tables_ofFormats_writeTheirValues() {
    int written = 0;
    for (MarkdownDocument.Table table : DOCUMENT.tables()) {
      if (table.header().equals(List.of("format", "of", "the value", "reads"))) {
        for (List<String> row : table.rows()) {
          List<String> formats = MarkdownDocument.code(row.get(0));
          List<String> reads = MarkdownDocument.code(row.get(3));
          for (int i = 0; i < reads.size(); i++) {
            String format = formats.get(i).replaceAll("^\\{\\{x\\||\\}\\}$", "");
            assertEquals(reads.get(i), reason(literal(row.get(2)), format));
            written++;
          }
        }
      }
    }
    assertTrue(written > 10, "formats: found " + written);
  }

  private static String literal(String value) {
    if (value.matches("[0-9.]+")) {
      return "decimal(\"" + value + "\")";
    }
    return value.contains("T") ? "timestamp(\"" + value + "\")" : "duration(\"" + value + "\")";
  }

  private static String reason(String literal, String format) {
    String yaml =
        """
        vigia: 1
        pipeline: formats
        streams:
          a: {id: id, time: at, key: id, fields: {id: string, at: timestamp}}
        rules:
          - {id: r, on: a, when: 'true', outcome: review, reason: '{{%s|%s}}'}
        """
            .formatted(literal, format);
    CompiledPipeline pipeline = Documented.compiled(1, yaml);
    Slots values = new Slots(2);
    values.setObject(0, "e");
    values.setNumber(1, 0);
    Event event = new Event(pipeline.streams().get(0), "e", "e", 0, values, 0, 0, 0);
    Replay.Result result = new Replay(pipeline, 1).process(event);
    return Objects.requireNonNull(
        Objects.requireNonNull(result.decision()).rules().get(0).reason());
  }
}
