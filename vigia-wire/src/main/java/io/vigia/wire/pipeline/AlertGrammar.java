package io.vigia.wire.pipeline;

import static io.vigia.wire.pipeline.CommonShapes.CONDITION;
import static io.vigia.wire.pipeline.CommonShapes.DURATION;
import static io.vigia.wire.pipeline.CommonShapes.DURATION_OR_ZERO;
import static io.vigia.wire.pipeline.CommonShapes.FIELD_REFERENCES;
import static io.vigia.wire.pipeline.CommonShapes.OUTCOME_REFERENCE;

import io.vigia.core.problem.ProblemCode;
import io.vigia.wire.pipeline.Shape.ListOf;
import io.vigia.wire.pipeline.Shape.Words;

/** The words of alerts. */
final class AlertGrammar {

  private static final Word RESOLVE_WHEN =
      Word.optional(
              "resolve_when",
              CONDITION,
              "'event.amount < 10.0'",
              "The condition over a later event of the same group that ends it, in CEL.")
          .usually("no event ends it");

  private static final Word RESOLVE_AFTER =
      Word.optional(
              "resolve_after",
              DURATION,
              "2h",
              "How long after its last decision, by the clock, it has ended.")
          .usually("it does not end by itself");

  private static final Word REPEAT =
      Word.optional(
              "repeat",
              DURATION,
              "1h",
              "How often, by the clock, it is said again until it has ended.")
          .usually("it is said once");

  /** What an alert is. */
  static final Words ALERT =
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
              RESOLVE_WHEN,
              RESOLVE_AFTER,
              REPEAT,
              Word.later(
                  "actions",
                  "what an alert does in the world",
                  "remove it; alerts are kept, shown and written to the topic <pipeline>.alerts"))
          .where(new RepeatNeedsAnEnd());

  private AlertGrammar() {}

  /** What never ends would be said for ever. */
  private static final class RepeatNeedsAnEnd implements Constraint {
    @Override
    public void check(YamlNode.Mapping mapping, String title, FormReport report) {
      YamlNode.Entry repeat = mapping.entry("repeat");
      if (repeat != null
          && mapping.entry("resolve_when") == null
          && mapping.entry("resolve_after") == null
          && mapping.complete()) {
        report.add(
            ProblemCode.MISSING_WORD,
            repeat.key().start(),
            "'repeat' of " + title + " would never end",
            "add resolve_when or resolve_after");
      }
    }
  }
}
