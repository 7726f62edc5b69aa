package io.vigia.wire.pipeline;

import static io.vigia.wire.pipeline.CommonShapes.CONDITION;
import static io.vigia.wire.pipeline.CommonShapes.OUTCOME_REFERENCE;
import static io.vigia.wire.pipeline.CommonShapes.STREAM_REFERENCE;

import io.vigia.wire.pipeline.NameValue.Form;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Choice;
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

  /**
   * What a stream cannot be called besides: Vigia's own topics, and the words beside a test's
   * event.
   */
  private static final Set<String> RESERVED_STREAMS =
      words("decisions alerts versions at times every wait");

  private static final Shape IDENTIFIER =
      Scalar.of(new NameValue("rule", Form.IDENTIFIER, Set.of()));

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
                              StreamGrammar.STREAM,
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
                              AlertGrammar.ALERT,
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
                  ListOf.many("a list of tests", TestGrammar.TEST, 0, 5000),
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
