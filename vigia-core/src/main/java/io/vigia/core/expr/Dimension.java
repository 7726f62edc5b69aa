package io.vigia.core.expr;

import io.vigia.core.event.Slots;
import io.vigia.core.expr.ConditionIndex.Bound;
import java.util.Arrays;
import java.util.List;

/**
 * One field or feature by which conditions are indexed: the conditions that a value of it leaves
 * possible.
 *
 * <p>Immutable and safe for any number of threads.
 */
abstract class Dimension {
  final int slot;
  private final boolean ofEvent;

  Dimension(Scope.Slot slot) {
    this.slot = slot.index();
    this.ofEvent = slot.slots().equals("event");
  }

  /**
   * The dimension of comparisons of one slot.
   *
   * @param bound at least one
   * @param conditions how many conditions there are in all
   */
  static Dimension of(List<Bound> bound, int conditions) {
    Scope.Slot slot = bound.get(0).predicate().slot();
    return slot.kind() == Kind.STRING
        ? new TextDimension(slot, bound, conditions)
        : new NumberDimension(slot, bound, conditions);
  }

  /** Takes out the conditions that a row's value makes false; none where the value is missing. */
  final void narrow(Slots event, Slots features, long[] found) {
    Slots slots = ofEvent ? event : features;
    if (slots.has(slot)) {
      narrow(slots, found);
    }
  }

  abstract void narrow(Slots slots, long[] found);

  /** The conditions that do not compare this slot at all, which every value leaves possible. */
  static long[] others(List<Bound> bound, int conditions) {
    long[] others = new long[(conditions + 63) >>> 6];
    Arrays.fill(others, -1L);
    for (Bound each : bound) {
      others[each.condition() >>> 6] &= ~(1L << each.condition());
    }
    return others;
  }
}
