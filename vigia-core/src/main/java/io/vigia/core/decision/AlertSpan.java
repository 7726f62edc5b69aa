package io.vigia.core.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * When an alert was raised and up to when decisions still fold into it: the rule by which alerts of
 * one group are raised, joined and ended, whoever keeps them.
 *
 * <p><b>Shape.</b> With a cooldown of 30 minutes, for decisions of one group:
 *
 * <pre>
 * event time   effect
 * 12:00        raises
 * 12:10        joins
 * 12:30        raises: the cooldown (12:00 − 30 min, 12:00 + 30 min) is over
 * 12:40        ends, where the decision resolves
 * 12:35        joins: it is not later than the end
 * 12:41        raises
 * </pre>
 *
 * <p><b>Units and bounds.</b> Event time in milliseconds; both ends of the cooldown are open, so
 * that a late event joins the alert after it just as well. {@code closedMs} is {@link #OPEN} until
 * the alert has ended.
 */
public record AlertSpan(long timeMs, long closedMs) {
  /** Of an alert that has not ended. */
  public static final long OPEN = Long.MAX_VALUE;

  /** That of an alert which is raised by an event. */
  public static AlertSpan raisedBy(long eventMs) {
    return new AlertSpan(eventMs, OPEN);
  }

  public boolean isOpen() {
    return closedMs == OPEN;
  }

  private boolean takes(long eventMs, long cooldownMs) {
    return eventMs <= closedMs && Math.abs(timeMs - eventMs) < cooldownMs;
  }

  /** Whether an event that resolves ends it: those of later events stay open. */
  public boolean isEndedBy(long eventMs) {
    return isOpen() && timeMs <= eventMs;
  }

  /** The same, ended by an event. */
  public AlertSpan endedBy(long eventMs) {
    return new AlertSpan(timeMs, eventMs);
  }

  /** The same, ended because no decision joined it any more. */
  public AlertSpan endedByQuiet() {
    return new AlertSpan(timeMs, timeMs);
  }

  /**
   * The alert of a group that a decision joins which would raise one: the newest that takes it.
   * Empty where it raises another.
   */
  public static <A> Optional<A> joined(
      Collection<A> group, Function<A, AlertSpan> spanOf, long eventMs, long cooldownMs) {
    return group.stream()
        .filter(alert -> spanOf.apply(alert).takes(eventMs, cooldownMs))
        .max(Comparator.comparingLong(alert -> spanOf.apply(alert).timeMs()));
  }
}
