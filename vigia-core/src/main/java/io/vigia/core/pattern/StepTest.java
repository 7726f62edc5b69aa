package io.vigia.core.pattern;

import io.vigia.core.event.Row;
import io.vigia.core.expr.CompiledCondition;
import java.util.List;

/**
 * Whether an event of one stream fits one step.
 *
 * <p>An event fits when any of the conditions is true; unknown is not true. Without a condition
 * every event of the stream fits.
 *
 * @param readsSteps whether a condition reads what a partial match has taken, so that the answer
 *     differs between them
 */
record StepTest(List<CompiledCondition> conditions, boolean readsSteps) {
  /** What every event fits. */
  static final StepTest ALWAYS = new StepTest(List.of(), false);

  /** Whether every event of the stream fits. */
  boolean isAlways() {
    return conditions.isEmpty();
  }

  /** Whether any condition is true of a row, which has what a partial match has taken. */
  boolean fits(Row row) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).test(row).isTrue()) {
        return true;
      }
    }
    return false;
  }
}
