package io.vigia.wire.pipeline;

import io.vigia.core.event.StreamDefinition;
import io.vigia.wire.pipeline.NameValue.Form;
import io.vigia.wire.pipeline.Shape.Either;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Choice;
import io.vigia.wire.pipeline.ValueType.Condition;
import io.vigia.wire.pipeline.ValueType.Prose;
import io.vigia.wire.pipeline.ValueType.Whole;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The language of pipeline files: every section, every word, its shape and what it means.
 *
 * <p>This is the one place that says so. The check of a file, its JSON Schema and the reference
 * follow from it; a word that is added here needs a line in {@link DefinitionBuilder} and nothing
 * else.
 */
final class PipelineGrammar {
  /** What CEL does not take for a name, the names of its types and macros, and Vigia's own. */
  private static final Set<String> RESERVED_IN_EXPRESSIONS =
      words(
          // CEL's words
          "true false null in as break const continue else for function if import let loop",
          "package namespace return var void while",
          // CEL's types, functions and macros
          "has all exists exists_one map filter size int uint double string bool bytes list",
          "duration timestamp type dyn matches",
          // Vigia's
          "decimal event matched lists tables now features");

  /** Behind a dot CEL refuses these alone (tried with cel-java 0.14.0). */
  private static final Set<String> RESERVED_FIELDS = words("true false null in");

  /**
   * What a stream cannot be called besides: Vigia's own topics, and the words beside a test's
   * event.
   */
  private static final Set<String> RESERVED_STREAMS =
      words("decisions alerts versions at times every wait");

  private static final Shape DURATION = Scalar.of(DurationValue.positive());
  private static final Shape DURATION_OR_ZERO = Scalar.of(DurationValue.orZero());
  private static final Shape CONDITION = Scalar.of(new Condition());
  private static final Shape STREAM_REFERENCE = Scalar.of(Prose.reference("the name of a stream"));
  private static final Shape FIELD_REFERENCE = Scalar.of(Prose.reference("the name of a field"));
  private static final Shape OUTCOME_REFERENCE = Scalar.of(Prose.reference("an outcome"));
  private static final Shape FIELD_REFERENCES =
      ListOf.oneOrMany("a field or a list of fields", FIELD_REFERENCE, 16);
  private static final Shape IDENTIFIER =
      Scalar.of(new NameValue("rule", Form.IDENTIFIER, Set.of()));

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

  private static final Words STREAM =
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

  private static final String EXPIRING =
      "remove it; a value that expires is added while the pipeline runs: vigia lists add x v --for 7d";

  private static final Words LIST =
      Words.of("list")
          .with(
              Word.required(
                  "of",
                  Scalar.of(FieldTypeValue.ofList()),
                  "string",
                  "The type of the values: string, int, double, timestamp or decimal."),
              Word.optional(
                      "values",
                      ListOf.many(
                          "a list of values", Scalar.of(Prose.reference("a value")), 0, 50_000),
                      "[c1, c2]",
                      "The values.")
                  .usually("[]"),
              Word.later("expiry", "values that expire", EXPIRING),
              Word.later("expires", "values that expire", EXPIRING));

  private static final Words RULE =
      Words.of("rule")
          .titledBy("id")
          .with(
              Word.required("id", IDENTIFIER, "velocity", "The rule's name in every decision."),
              Word.optional(
                      "on", STREAM_REFERENCE, "payments", "The stream whose events it judges.")
                  .usually("the stream, where there is only one"),
              Word.required(
                  "when",
                  CONDITION,
                  "'card_count_5m > 10'",
                  "The condition, in CEL over event, features, lists, tables and now."),
              Word.required(
                  "outcome", OUTCOME_REFERENCE, "review", "The outcome that it votes for."),
              Word.optional(
                      "score",
                      Scalar.of(new Whole(-1_000_000, 1_000_000)),
                      "60",
                      "What it adds to the decision's score.")
                  .usually("0"),
              Word.optional(
                  "reason",
                  Scalar.of(Prose.sentence("a text")),
                  "'{{card_spend_1h}} spent in an hour'",
                  "Why, for people; {{…}} is filled in with the value of an expression, and"
                      + " {{…|0.00}} says how it is written."),
              RuleGrammar.MODE,
              RuleGrammar.SCHEDULE,
              RuleGrammar.EXPIRES);

  private static final Words ALERT =
      Words.of("alert")
          .with(
              Word.required(
                  "outcomes",
                  ListOf.oneOrMany("an outcome or a list of outcomes", OUTCOME_REFERENCE, 100),
                  "[review, block]",
                  "The outcomes that raise it."),
              Word.optional(
                      "group_by",
                      FIELD_REFERENCES,
                      "card",
                      "The fields that make two alerts the same.")
                  .usually("all are the same"),
              Word.optional(
                      "cooldown",
                      DURATION_OR_ZERO,
                      "30m",
                      "How long a raised alert stays quiet and only counts.")
                  .usually("0s"),
              AlertGrammar.RESOLVE_WHEN,
              AlertGrammar.RESOLVE_AFTER,
              AlertGrammar.REPEAT,
              Word.later(
                  "actions",
                  "what an alert does in the world",
                  "remove it; alerts are kept, shown and written to the topic <pipeline>.alerts"))
          .where(new AlertGrammar.RepeatNeedsAnEnd());

  private static final Shape ANY_VALUE = Scalar.orNothing(Prose.ANYTHING);

  static final Words GIVEN =
      Words.of("event")
          .with(
              Word.optional(
                      "at",
                      DURATION_OR_ZERO,
                      "2m",
                      "When it happens, counted from the beginning of the test; sets the time"
                          + " field.")
                  .usually("the event's own time"),
              Word.optional("times", Scalar.of(new Whole(1, 100_000)), "3", "How many such events.")
                  .usually("1"),
              Word.optional("every", DURATION_OR_ZERO, "20s", "How far they are apart.")
                  .usually("0s"),
              Word.optional(
                  "wait",
                  DURATION,
                  "20m",
                  "Instead of an event: so much time passes, and nothing comes."),
              ListEditGrammar.WORD)
          .withFree(
              new FreeWords(
                  "stream",
                  Prose.reference("the name of a stream"),
                  Words.of("event")
                      .withFree(
                          new FreeWords(
                              "field",
                              Prose.reference("the name of a field"),
                              ANY_VALUE,
                              0,
                              256,
                              "A field's value; {{n}} counts the events from 1.",
                              "amount: 900")),
                  0,
                  1,
                  "The event's stream and its fields.",
                  "payments: {payment_id: p9, card: c1}"))
          .where(new Constraint.Needs("every", "times"))
          .where(new WaitConstraint());

  private static final Shape ALERT_NAMES =
      ListOf.many("a list of alerts", Scalar.of(Prose.reference("the name of an alert")), 0, 500);

  private static final Words EXPECTED =
      Words.of("expectation")
          .with(
              Word.optional("outcome", OUTCOME_REFERENCE, "block", "The outcome."),
              Word.optional(
                  "rules",
                  ListOf.many(
                      "a list of rules", Scalar.of(Prose.reference("the id of a rule")), 0, 1000),
                  "[testing]",
                  "Exactly the live rules that fire, in the order of the file."),
              Word.optional(
                  "score",
                  Scalar.of(new Whole(-1_000_000_000_000L, 1_000_000_000_000L)),
                  "95",
                  "The sum of their scores."),
              Word.optional(
                  "reasons",
                  ListOf.many("a list of texts", Scalar.orNothing(Prose.ANYTHING), 0, 1000),
                  "['card is on the block list']",
                  "Their reasons, as filled in."),
              Word.optional(
                  "features",
                  Words.of("features")
                      .withFree(
                          new FreeWords(
                              "feature",
                              Prose.reference("the name of a feature"),
                              ANY_VALUE,
                              0,
                              1000,
                              "The value of a feature, or of a part of it as name.part; null when"
                                  + " it is missing.",
                              "card_count_5m: 4")),
                  "{card_count_5m: 4}",
                  "The values of features."),
              Word.optional(
                  "alerts",
                  ALERT_NAMES,
                  "[fraud_desk]",
                  "Exactly the alerts that it raises; those that it only counts in are not among"
                      + " them."),
              Word.optional(
                  "resolves", ALERT_NAMES, "[fraud_desk]", "Exactly the alerts that it ends."));

  private static final Words TEST =
      Words.of("test")
          .titledBy("name")
          .with(
              Word.required(
                  "name",
                  Scalar.of(Prose.sentence("a text")),
                  "'a big payment is blocked'",
                  "What it shows."),
              Word.required(
                  "given",
                  ListOf.many("a list of events", GIVEN, 1, 10_000),
                  "[payments: {payment_id: p9}]",
                  "The events, in the order of their arrival."),
              Word.required(
                  "expect",
                  Words.of("expect")
                      .withFree(
                          new FreeWords(
                              "decision",
                              Prose.reference("an event's id"),
                              new Either(Scalar.of(Prose.reference("an outcome")), EXPECTED),
                              1,
                              10_000,
                              "What the decision for the event with this id must say.",
                              "p9: block")),
                  "{p9: block}",
                  "What must be decided, by event id."));

  /** The whole file. */
  static final Words FILE =
      Words.of("pipeline")
          .with(
              Word.required(
                  "vigia",
                  Scalar.of(
                      new Choice(
                          "1", List.of("1"), "write vigia: 1, the version of this language")),
                  "1",
                  "The version of this language: 1."),
              Word.required(
                  "pipeline",
                  Scalar.of(new NameValue("pipeline", Form.HYPHENATED, Set.of())),
                  "card-fraud",
                  "The pipeline's name; its topics begin with it."),
              Word.required(
                  "streams",
                  Words.of("streams")
                      .withFree(
                          new FreeWords(
                              "stream",
                              new NameValue(
                                  "stream",
                                  Form.IDENTIFIER,
                                  union(RESERVED_IN_EXPRESSIONS, RESERVED_STREAMS)),
                              STREAM,
                              1,
                              100,
                              "A stream: a named, typed sequence of events in one Kafka topic.",
                              "payments: {key: card, fields: {card: string}}")),
                  "{payments: {key: card, fields: {card: string}}}",
                  "Where events come from and what they hold."),
              Word.optional(
                  "features",
                  Words.of("features")
                      .withFree(
                          new FreeWords(
                              "feature",
                              new NameValue("feature", Form.IDENTIFIER, RESERVED_IN_EXPRESSIONS),
                              FeatureGrammar.FEATURE,
                              0,
                              2000,
                              "A feature: a value per entity, derived from its events.",
                              "card_count_5m: {on: payments, by: card, count: true, over: 5m}")),
                  "{card_count_5m: {on: payments, by: card, count: true, over: 5m}}",
                  "Values per entity derived from its events, mostly over a window."),
              Word.optional(
                  "patterns",
                  Words.of("patterns")
                      .withFree(
                          new FreeWords(
                              "pattern",
                              new NameValue("pattern", Form.IDENTIFIER, RESERVED_IN_EXPRESSIONS),
                              PatternGrammar.pattern(RESERVED_IN_EXPRESSIONS),
                              0,
                              200,
                              "A pattern: ordered behaviour of one entity.",
                              "burst: {by: card, within: 1m, steps: [{pay: {on: payments, times:"
                                  + " 3}}]}")),
                  "{burst: {by: card, within: 1m, steps: [{pay: {on: payments, times: 3}}]}}",
                  "Ordered behaviour of one entity, which rules read as matched.<pattern>."),
              Word.optional(
                  "lists",
                  Words.of("lists")
                      .withFree(
                          new FreeWords(
                              "list",
                              new NameValue("list", Form.IDENTIFIER, RESERVED_IN_EXPRESSIONS),
                              LIST,
                              0,
                              500,
                              "A list of values that conditions ask with: event.card in lists.x.",
                              "blocked_cards: {of: string, values: []}")),
                  "{blocked_cards: {of: string, values: []}}",
                  "Small sets of values, such as allow and block lists."),
              TableGrammar.section(RESERVED_IN_EXPRESSIONS),
              Word.optional(
                  "rules",
                  ListOf.many("a list of rules", RULE, 0, 5000),
                  "[{id: all, when: 'true', outcome: review}]",
                  "Conditions and the outcomes they vote for; the most severe one decides."),
              RuleGrammar.MATCH,
              Word.optional(
                      "outcomes",
                      ListOf.many(
                          "a list of outcomes",
                          Scalar.of(new NameValue("outcome", Form.IDENTIFIER, Set.of())),
                          1,
                          100),
                      "[allow, challenge, review, block]",
                      "The outcomes, from mild to severe; the first is given when no rule fires.")
                  .usually("[allow, challenge, review, block]"),
              Word.optional(
                  "alerts",
                  Words.of("alerts")
                      .withFree(
                          new FreeWords(
                              "alert",
                              new NameValue("alert", Form.IDENTIFIER, Set.of()),
                              ALERT,
                              0,
                              500,
                              "An alert: what a person must hear of.",
                              "fraud_desk: {outcomes: [block], group_by: card, cooldown: 30m}")),
                  "{fraud_desk: {outcomes: [block], group_by: card, cooldown: 30m}}",
                  "Which decisions a person must hear of."),
              Word.later("actions", "actions (webhooks, queues, tables)"),
              Word.later("views", "views (tables kept up to date from features)"),
              Word.later("sources", "sources other than HTTP and Kafka"),
              Word.optional(
                  "tests",
                  ListOf.many("a list of tests", TEST, 0, 5000),
                  "[{name: x, given: [payments: {payment_id: p9}], expect: {p9: block}}]",
                  "Events given in virtual time, and what must be decided."))
          .where(new RuleStreamConstraint());

  /** The words whose value is a condition. */
  static final Set<String> CONDITION_WORDS = ProseWords.in(FILE, true);

  /** The words whose value is a sentence. */
  static final Set<String> TEXT_WORDS = ProseWords.in(FILE, false);

  private PipelineGrammar() {}

  private static Set<String> words(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }
}
