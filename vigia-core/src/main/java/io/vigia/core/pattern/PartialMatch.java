package io.vigia.core.pattern;

import io.vigia.core.event.Slots;

/**
 * How far one way through a pattern has come. Immutable.
 *
 * <p><b>Shape.</b> {@code step} is the step that took the last event, {@code count} how many it has
 * taken; {@code blocked} has the bit of each negated step that has found an event since then.
 *
 * <p><b>Units and bounds.</b> Times in epoch milliseconds; {@code startMs} of the first event,
 * {@code lastMs} of the last.
 */
record PartialMatch(long startMs, long lastMs, int step, int count, int blocked, Slots captured) {
  boolean isBlockedAt(int step) {
    return (blocked & 1 << step) != 0;
  }

  PartialMatch block(int more) {
    return new PartialMatch(startMs, lastMs, step, count, blocked | more, captured);
  }
}
