package io.vigia.core.pattern;

import io.vigia.core.event.Row;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ConditionSet;
import io.vigia.core.expr.Verdicts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of an entity's patterns an event of one stream fits, as far as that hangs on the
 * event and not on what a partial match has taken.
 *
 * <p><b>Shape.</b> The conditions of all patterns are one {@link ConditionSet}, tested once an
 * event, whose answers {@link #of} gives as a bit for each step of a pattern.
 *
 * <p>Immutable and safe for any number of threads.
 */
final class StepAnswers {
  private final @Nullable ConditionSet conditions;

  /** By pattern: its first condition in the set; behind them, how many there are. */
  private final int[] first;

  /** By condition: the step that it is about. */
  private final int[] steps;

  /** By pattern: the steps that every event fits. */
  private final long[] always;

  private StepAnswers(List<CompiledCondition> conditions, int[] first, int[] steps, long[] always) {
    this.conditions = conditions.isEmpty() ? null : new ConditionSet(conditions);
    this.first = first;
    this.steps = steps;
    this.always = always;
  }

  /** Those of a stream; null where no pattern takes its events. */
  static @Nullable StepAnswers to(int stream, Pattern[] patterns) {
    List<CompiledCondition> conditions = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    int[] first = new int[patterns.length + 1];
    long[] always = new long[patterns.length];
    boolean taken = false;
    for (int p = 0; p < patterns.length; p++) {
      first[p] = conditions.size();
      @Nullable StepTest @Nullable [] tests = patterns[p].matcher().tests(stream);
      taken |= tests != null;
      for (int step = 0; tests != null && step < tests.length; step++) {
        StepTest test = tests[step];
        if (test != null && test.isAlways()) {
          always[p] |= 1L << step;
        } else if (test != null && !test.readsSteps()) {
          for (CompiledCondition condition : test.conditions()) {
            conditions.add(condition);
            steps.add(step);
          }
        }
      }
    }
    first[patterns.length] = conditions.size();
    return taken
        ? new StepAnswers(
            conditions, first, steps.stream().mapToInt(Integer::intValue).toArray(), always)
        : null;
  }

  /** The answers of all conditions to an event; null where there are none. */
  @Nullable Verdicts ask(Row row) {
    return conditions == null ? null : conditions.test(row);
  }

  /** A bit for each step of a pattern that the event fits. */
  long of(int pattern, @Nullable Verdicts verdicts) {
    long fitting = always[pattern];
    if (verdicts != null) {
      int end = first[pattern + 1];
      for (int i = verdicts.nextTrue(first[pattern]);
          i >= 0 && i < end;
          i = verdicts.nextTrue(i + 1)) {
        fitting |= 1L << steps[i];
      }
    }
    return fitting;
  }

  /** Compiles now what the first event would otherwise wait for. */
  void prepare() {
    if (conditions != null) {
      conditions.prepare();
    }
  }
}
