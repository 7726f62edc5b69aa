package io.vigia.wire.event;

import io.vigia.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A problem with an event as a sender is told it: which field, apart from what is wrong with it.
 *
 * <p><b>Shape.</b> {@code field} is the incoming name of the field, null where it is not about one;
 * the message then is the problem's own.
 */
public record FieldProblem(String code, @Nullable String field, String message, String help) {
  private static final String BEFORE = "field '";

  /** Takes the field out of the message of a problem with an event. */
  public static FieldProblem of(Problem problem) {
    String message = problem.message();
    String field = null;
    if (message.startsWith(BEFORE)) {
      int end = message.indexOf('\'', BEFORE.length());
      int colon = message.indexOf(": ", BEFORE.length());
      if (end > 0 && colon > end) {
        field = message.substring(BEFORE.length(), end);
        message = message.substring(colon + 2);
      }
    }
    return new FieldProblem(problem.code().text(), field, message, problem.help());
  }
}
