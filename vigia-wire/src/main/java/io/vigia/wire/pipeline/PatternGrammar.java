package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.NameValue.Form;
import io.vigia.wire.pipeline.Shape.FreeWords;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.Shape.Words;
import io.vigia.wire.pipeline.ValueType.Choice;
import io.vigia.wire.pipeline.ValueType.Condition;
import io.vigia.wire.pipeline.ValueType.Prose;
import java.util.List;
import java.util.Set;

/** The words of the section {@code patterns}; part of {@link PipelineGrammar}. */
final class PatternGrammar {
  private static final int STEPS_MAX = 16;

  private static final Word ON =
      Word.required(
          "on",
          Scalar.of(Prose.reference("the name of a stream")),
          "payments",
          "The stream whose events fit.");

  private static final Word WHERE =
      Word.optional(
              "where",
              Scalar.of(new Condition()),
              "'event.amount < 2.0'",
              "Which of them fit: a condition over the event, lists, and the steps so far, in CEL.")
          .usually("all of them");

  private static final Words CANDIDATE = Words.of("alternative").with(ON, WHERE);

  private static final Words STEP =
      Words.of("step")
          .with(
              Word.optional(
                  "on", ON.shape(), "payments", "The stream whose events the step takes."),
              WHERE,
              Word.optional(
                  "any",
                  ListOf.many("a list of alternatives", CANDIDATE, 1, 16),
                  "[{on: payments}, {on: withdrawals}]",
                  "Alternatives: the step takes an event that fits any of them."),
              Word.optional(
                      "times",
                      Scalar.of(new TimesValue()),
                      "3..",
                      "How many events the step takes: 3, 3.. (three or more) or 2..5; from 0 it is"
                          + " optional.")
                  .usually("1"),
              Word.optional(
                      "not",
                      Scalar.of(Choice.flag()),
                      "true",
                      "No such event may come between the step before and the step behind.")
                  .usually("false"))
          .where(new Constraint.ExactlyOne("step", "stream", List.of("on", "any"), List.of()))
          .where(
              new Excludes(
                  "any", "where", "write the condition into each alternative: {on: …, where: …}"))
          .where(new Excludes("not", "times", "a negated step takes no event: remove one of them"));

  private PatternGrammar() {}

  /** A pattern; its steps cannot have the {@code reserved} names. */
  static Words pattern(Set<String> reserved) {
    return Words.of("pattern")
        .with(
            Word.required(
                "by",
                ListOf.oneOrMany(
                    "a field or a list of fields",
                    Scalar.of(Prose.reference("the name of a field")),
                    16),
                "card",
                "The entity whose events make the pattern: the field or fields that name it."),
            Word.optional(
                "within",
                Scalar.of(DurationValue.positive()),
                "10m",
                "How long a match may take from its first event on; the end itself is outside."),
            Word.optional(
                "steps",
                ListOf.many("a list of steps", step(reserved), 1, STEPS_MAX),
                "[{probe: {on: payments, times: 3..}}, {hit: {on: payments}}]",
                "The steps, in the order in which they are taken."),
            Word.optional(
                    "strict",
                    Scalar.of(Choice.flag()),
                    "true",
                    "The events of a match follow one another directly: another event of the"
                        + " pattern's streams in between ends it.")
                .usually("false"),
            Word.optional(
                    "overlap",
                    Scalar.of(Choice.flag()),
                    "true",
                    "After a match the other partial matches go on, so that an event can be part of"
                        + " several matches; without it all begin anew.")
                .usually("false"),
            Word.optional(
                "until",
                Words.of("until").with(ON, WHERE),
                "{on: payments, where: 'event.amount > 100.0'}",
                "An event that ends all partial matches."),
            Word.optional(
                "on",
                ON.shape(),
                "heartbeats",
                "Of a pattern of absence: the stream that falls silent."),
            WHERE,
            Word.optional(
                "absent",
                Scalar.of(DurationValue.positive()),
                "15m",
                "Instead of steps: how long no event of the stream comes after another. Time"
                    + " completes the pattern, and rules judge it with on: <pattern>."))
        .where(new PatternConstraint());
  }

  private static Words step(Set<String> reserved) {
    return Words.of("step")
        .withFree(
            new FreeWords(
                "step",
                new NameValue("step", Form.IDENTIFIER, reserved),
                STEP,
                1,
                1,
                "A step: which events it takes.",
                "probe: {on: payments, times: 3..}"));
  }
}
