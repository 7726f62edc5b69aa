package io.vigia.core.expr;

import io.vigia.core.event.Lists;
import io.vigia.core.event.Slots;
import org.jspecify.annotations.Nullable;

/**
 * Expressions compiled to one class.
 *
 * <p>Whatever fails on the way, such as an overflow, is thrown: the caller asks the interpreter,
 * which knows what that means for the whole expression.
 */
abstract class Program {
  /** What {@link #test} answers where a condition is true, {@link #FALSE} where it is false. */
  static final long TRUE = -1;

  static final long FALSE = 0;

  /** Tests one condition: true, false, or the bits of what it lacks. */
  long test(Slots event, Slots features, long now, Lists lists, long arrived) {
    throw new UnsupportedOperationException();
  }

  /** Computes one value; null when something it hangs on is missing. */
  @Nullable Object value(Slots event, Slots features, long now, Lists lists, long arrived) {
    throw new UnsupportedOperationException();
  }

  /** Tests the conditions of one method; what is true and what is unknown is told. */
  void testAll(
      int method,
      Slots event,
      Slots features,
      long now,
      Lists lists,
      long arrived,
      Verdicts verdicts) {
    throw new UnsupportedOperationException();
  }
}
