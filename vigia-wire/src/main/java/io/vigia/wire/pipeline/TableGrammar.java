package io.vigia.wire.pipeline;

import static io.vigia.wire.pipeline.CommonShapes.FIELD_REFERENCE;
import static io.vigia.wire.pipeline.CommonShapes.FIELD_REFERENCES;

import io.vigia.core.feature.TableDefinition;
import io.vigia.wire.pipeline.Form.Named;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Condition;
import io.vigia.wire.pipeline.ValueType.Prose;
import java.util.Set;

/** The words of tables, and what they define. */
final class TableGrammar {
  private static final int COLUMNS_MAX = 60;
  private static final int TABLES_MAX = 100;

  private static final Words TABLE =
      Words.of("table")
          .with(
              Word.required(
                  "on",
                  Scalar.of(Prose.reference("the name of a stream")),
                  "customer_changes",
                  "The stream whose newest event of a key is its row."),
              Word.required(
                  "key",
                  FIELD_REFERENCES,
                  "customer",
                  "The field or fields of that stream that name a row."),
              Word.optional(
                      "by",
                      FIELD_REFERENCES,
                      "buyer",
                      "The field or fields that name the row in the events that are judged.")
                  .usually("those of the key"),
              Word.optional(
                      "columns",
                      ListOf.oneOrMany("a field or a list of fields", FIELD_REFERENCE, COLUMNS_MAX),
                      "[tier, country]",
                      "The fields that are kept.")
                  .usually("all of the stream but those of the key"),
              Word.optional(
                  "delete_when",
                  Scalar.of(new Condition()),
                  "'event.op == \"delete\"'",
                  "An event that fulfils this takes its row away."),
              Word.optional(
                      "expires",
                      Scalar.of(DurationValue.positive()),
                      "90d",
                      "How long a row lives without another event.")
                  .usually("for ever"));

  private TableGrammar() {}

  static Word section(Set<String> reserved) {
    return Word.optional(
        "tables",
        Words.of("tables")
            .withFree(
                new FreeWords(
                    "table",
                    new NameValue("table", NameValue.Form.IDENTIFIER, reserved),
                    TABLE,
                    0,
                    TABLES_MAX,
                    "A table: for each key the newest event of a stream, read as"
                        + " tables.<table>.<column>.",
                    "customers: {on: customer_changes, key: customer}")),
        "{customers: {on: customer_changes, key: customer}}",
        "Rows from a stream, looked up by key as of the event that is judged.");
  }

  static TableDefinition build(Named named) {
    return new TableDefinition(
        named.name(),
        named.form().text("on"),
        named.form().texts("key"),
        named.form().texts("by"),
        named.form().texts("columns"),
        named.form().conditionOrNull("delete_when"),
        named.form().ms("expires", 0));
  }
}
