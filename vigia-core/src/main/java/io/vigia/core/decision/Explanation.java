package io.vigia.core.decision;

import io.vigia.core.expr.Answer;
import java.util.List;

/**
 * Why a rule fired about a row, or did not.
 *
 * <p><b>Shape.</b> {@code condition} in one line; {@code parts} are what its {@code &&} and {@code
 * ||} join, each with its own answer. {@code asked} is false outside of the rule's schedule and
 * from its end on, whatever its condition says.
 */
public record Explanation(
    String rule, String outcome, String condition, boolean asked, List<Part> parts) {
  public Explanation {
    parts = List.copyOf(parts);
  }

  /** A part of a condition, and what it answers. */
  public record Part(String text, Answer answer) {}
}
