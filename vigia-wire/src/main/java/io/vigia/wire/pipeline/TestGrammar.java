package io.vigia.wire.pipeline;

import static io.vigia.wire.pipeline.CommonShapes.DURATION;
import static io.vigia.wire.pipeline.CommonShapes.DURATION_OR_ZERO;
import static io.vigia.wire.pipeline.CommonShapes.OUTCOME_REFERENCE;

import io.vigia.wire.pipeline.Shape.Either;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Prose;
import io.vigia.wire.pipeline.ValueType.Whole;
import java.util.List;

/** The words of tests. */
final class TestGrammar {
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

  private static final Words NEVER =
      Words.of("never")
          .with(
              Word.optional(
                  "silences",
                  ListOf.oneOrMany(
                      "a pattern or a list of patterns",
                      Scalar.of(Prose.reference("the name of a pattern")),
                      200),
                  "[terminal_silent]",
                  "Patterns that time must not complete."),
              Word.optional(
                  "alerts",
                  ListOf.oneOrMany(
                      "an alert or a list of alerts",
                      Scalar.of(Prose.reference("the name of an alert")),
                      500),
                  "[fraud_desk]",
                  "Alerts that no decision may raise."))
          .where(new Constraint.AtLeastOne("silence or alert", List.of("silences", "alerts")));

  static final Words TEST =
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
              Word.optional(
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
                  "What must be decided, by event id."),
              Word.optional(
                  "never",
                  NEVER,
                  "{alerts: [fraud_desk]}",
                  "What must not happen in the whole test."))
          .where(new Constraint.AtLeastOne("expectation", List.of("expect", "never")));

  private TestGrammar() {}
}
