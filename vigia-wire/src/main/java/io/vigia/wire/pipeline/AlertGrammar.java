package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;
import io.vigia.wire.pipeline.Shape.Scalar;
import io.vigia.wire.pipeline.ValueType.Condition;

/** The words by which an alert says what ends it, and that it is said again until then. */
final class AlertGrammar {
  static final Word RESOLVE_WHEN =
      Word.optional(
              "resolve_when",
              Scalar.of(new Condition()),
              "'event.amount < 10.0'",
              "The condition over a later event of the same group that ends it, in CEL.")
          .usually("no event ends it");

  static final Word RESOLVE_AFTER =
      Word.optional(
              "resolve_after",
              Scalar.of(DurationValue.positive()),
              "2h",
              "How long after its last decision, by the clock, it has ended.")
          .usually("it does not end by itself");

  static final Word REPEAT =
      Word.optional(
              "repeat",
              Scalar.of(DurationValue.positive()),
              "1h",
              "How often, by the clock, it is said again until it has ended.")
          .usually("it is said once");

  private AlertGrammar() {}

  /** What never ends would be said for ever. */
  static final class RepeatNeedsAnEnd implements Constraint {
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
