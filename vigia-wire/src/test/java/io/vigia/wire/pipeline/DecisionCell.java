package io.vigia.wire.pipeline;

import static java.util.stream.Collectors.joining;

import io.vigia.core.decision.AlertLog;
import io.vigia.core.decision.Decision;
import io.vigia.core.replay.Replay;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a decision as the tables of the language page write it. */
final class DecisionCell {
  private DecisionCell() {}

  /** Null for a name that is no part of a decision; empty for nothing, and for no decision. */
  static @Nullable String of(String name, Replay.Result result, AlertLog.Effects alerts) {
    Decision decision = result.decision();
    if (name.equals("result")) {
      return result.kind().name().toLowerCase(Locale.ROOT);
    }
    Function<Decision, String> part =
        switch (name) {
          case "outcome" -> Decision::outcome;
          case "score" -> d -> Long.toString(d.score());
          case "rules" -> d -> listed(d.rules(), Decision.Fired::rule);
          case "reasons" -> d -> listed(d.rules(), Decision.Fired::reason);
          case "shadow" -> d -> listed(d.shadow(), Decision.Fired::rule);
          case "near" -> d -> listed(d.near(), Decision.NearMiss::rule);
          case "unknown" -> d -> listed(d.unknown(), Decision.Unknown::rule);
          case "raises" -> d -> String.join(", ", alerts.raises());
          case "joins" -> d -> String.join(", ", alerts.joins());
          case "ends" -> d -> String.join(", ", alerts.ends());
          case "late" -> d -> d.late() ? "yes" : "no";
          default -> null;
        };
    return part == null ? noDecision(decision) : decision == null ? "" : part.apply(decision);
  }

  /** Features are told of decided events alone. */
  private static @Nullable String noDecision(@Nullable Decision decision) {
    return decision == null ? "" : null;
  }

  private static <T> String listed(List<T> all, Function<T, String> name) {
    return all.stream().map(name).collect(joining(", "));
  }
}
