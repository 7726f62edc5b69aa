package io.vigia.wire.pipeline;

import static io.vigia.wire.pipeline.CommonShapes.DURATION;
import static io.vigia.wire.pipeline.CommonShapes.DURATION_OR_ZERO;
import static io.vigia.wire.pipeline.CommonShapes.FIELD_REFERENCE;
import static io.vigia.wire.pipeline.CommonShapes.FIELD_REFERENCES;
import static io.vigia.wire.pipeline.CommonShapes.OUTCOME_REFERENCE;

import io.vigia.core.event.StreamDefinition;
import io.vigia.wire.pipeline.NameValue.Form;
import io.vigia.wire.pipeline.Shape.Either;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Choice;
import io.vigia.wire.pipeline.ValueType.Prose;
import io.vigia.wire.pipeline.ValueType.Whole;
import java.util.Set;

/** The words of streams and of their fields. */
final class StreamGrammar {
  /** Behind a dot CEL refuses these alone (tried with cel-java 0.14.0). */
  private static final Set<String> RESERVED_FIELDS = Set.of("true", "false", "null", "in");

  private static final Words FIELD =
      Words.of("field")
          .with(
              Word.required(
                  "type",
                  Scalar.of(FieldTypeValue.ofField()),
                  "decimal",
                  "What the field holds; a question mark behind it makes the field optional."),
              Word.optional(
                      "optional",
                      Scalar.of(Choice.flag()),
                      "true",
                      "Whether events without the field are taken.")
                  .usually("false"),
              Word.optional(
                      "from",
                      Scalar.of(Prose.reference("the name of a field")),
                      "InvoiceNo",
                      "What the field is called in the incoming data.")
                  .usually("its own name"),
              Word.optional(
                  "format",
                  Scalar.of(new TimePatternValue()),
                  "'yyyy-MM-dd HH:mm:ss'",
                  "How a timestamp is written: iso, epoch_s, epoch_ms, epoch_us or a pattern of"
                      + " Java's DateTimeFormatter. Without it ISO 8601 and epoch milliseconds are"
                      + " read."),
              Word.optional(
                  "zone",
                  Scalar.of(new ZoneValue()),
                  "Europe/Madrid",
                  "Where timestamps without an offset were written."))
          .where(new TimeConstraint());

  private static final Shape FIELDS =
      Words.of("fields")
          .withFree(
              new FreeWords(
                  "field",
                  new NameValue("field", Form.FIELD, RESERVED_FIELDS),
                  new Either(Scalar.of(FieldTypeValue.ofField()), FIELD),
                  1,
                  256,
                  "A field and its type: string, int, double, bool, timestamp or decimal, with a"
                      + " question mark when it may be missing.",
                  "amount: decimal"));

  private static final Words DECIDE =
      Words.of("decide")
          .with(
              Word.optional(
                      "deadline",
                      Scalar.of(new DurationValue(false, 60_000)),
                      "250ms",
                      "How long a sender waits for the decision before the fallback is answered.")
                  .usually(
                      DurationValue.format(StreamDefinition.DecideDefinition.DEFAULT.deadlineMs())),
              Word.optional(
                      "fallback",
                      OUTCOME_REFERENCE,
                      "review",
                      "The outcome that is answered when no decision comes in time.")
                  .usually("review"));

  static final Words STREAM =
      Words.of("stream")
          .with(
              Word.optional(
                      "id",
                      FIELD_REFERENCES,
                      "payment_id",
                      "What tells one event of a key from another: a field, several, or line (file"
                          + " name and line number). An event that comes again is recognised by"
                          + " it.")
                  .usually("the CloudEvents source and id"),
              Word.optional(
                      "time",
                      FIELD_REFERENCE,
                      "created_at",
                      "The field that holds the event's time.")
                  .usually("the CloudEvents time, else the time of arrival"),
              Word.required(
                  "key",
                  FIELD_REFERENCES,
                  "card",
                  "The field or fields that partition the topic; events of one key keep their"
                      + " order."),
              Word.optional(
                      "topic",
                      Scalar.of(new TopicValue()),
                      "payments",
                      "The Kafka topic that holds the stream.")
                  .usually("<pipeline>.<stream>"),
              Word.optional("dedupe", DURATION, "1h", "How long a repeated id is recognised.")
                  .usually(DurationValue.format(StreamDefinition.DEFAULT_DEDUPE_MS)),
              Word.optional(
                      "out_of_order",
                      DURATION_OR_ZERO,
                      "30s",
                      "How late an event may come for timers and absence.")
                  .usually(DurationValue.format(StreamDefinition.DEFAULT_OUT_OF_ORDER_MS)),
              Word.optional(
                      "max_age",
                      DURATION,
                      "7d",
                      "Events older than this when they arrive are refused.")
                  .usually("off"),
              Word.optional(
                      "max_ahead",
                      DURATION,
                      "5m",
                      "Events further in the future than this when they arrive are refused.")
                  .usually("off"),
              Word.optional(
                      "max_events",
                      Scalar.of(new Whole(1, 100_000_000)),
                      "1000000",
                      "How many of its events one key of an entity keeps one by one; with more,"
                          + " long windows become coarse, and decisions say so.")
                  .usually("" + StreamDefinition.DEFAULT_MAX_EVENTS),
              Word.required("fields", FIELDS, "{amount: decimal}", "The fields of an event."),
              Word.optional(
                  "decide",
                  DECIDE,
                  "{deadline: 250ms, fallback: review}",
                  "How a sender who waits for the decision is answered."));

  private StreamGrammar() {}
}
