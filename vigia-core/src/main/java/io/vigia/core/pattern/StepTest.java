package io.vigia.core.pattern;

import io.vigia.core.event.Row;
import io.vigia.core.expr.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event of one stream fits one step.
 *
 * <p>An event fits when any of the conditions is true; unknown is not true. Without a condition
 * every event of the stream fits.
 *
 * @param readsSteps whether a condition reads what a partial match has taken, so that the answer
 *     differs between them
 */
record StepTest(@Nullable List<Condition> conditions, boolean readsSteps) {
  static final StepTest ALWAYS = new StepTest(null, false);

  boolean fits(Row row) {
    if (conditions == null) {
      return true;
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test(row).isTrue()) {
        return true;
      }
    }
    return false;
  }
}
