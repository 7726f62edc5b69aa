package io.vigia.core.event;

import java.math.BigDecimal;

/**
 * What somebody has said about one value of a list while the pipeline runs.
 *
 * <p><b>Shape.</b> {@code value} is one that {@link TextValue#parse} gives. What was said last
 * about a value counts, and stands above what the file declares, until it ends or is withdrawn.
 *
 * <p><b>Units and bounds.</b> Epoch milliseconds: {@code fromMs} is the time from which on events
 * that arrive see it; {@code untilMs} the first event time at which it has ended, {@link #FOR_EVER}
 * where it does not end. At most {@value #VALUE_MAX} characters of a value and {@value #NOTE_MAX}
 * of a note.
 */
public record ListChange(
    String list, Object value, Kind kind, long fromMs, long untilMs, String note) {

  /** The end of a change that does not end. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  public static final int VALUE_MAX = 1_024;
  public static final int NOTE_MAX = 1_024;

  /**
   * How long after a change was appended to the log it takes effect.
   *
   * <p>Every worker has read it by then, so that all of them judge an event by the same lists, and
   * judge it so again when they replay the log.
   */
  public static final long EFFECT_MS = 250;

  /** The three things that can be said. */
  public enum Kind {
    /** The value is in the list. */
    ADDED,
    /** The value is not in the list, whatever the file declares. */
    REMOVED,
    /** Nothing is said any more: what the file declares counts. */
    CLEARED
  }

  public ListChange {
    value = normal(value);
  }

  /** Whether it has not ended for an event of this time. */
  public boolean isInForce(long timeMs) {
    return timeMs < untilMs;
  }

  /** Equal values as one object: decimals without trailing zeros, one zero among the doubles. */
  public static Object normal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    return value instanceof Double real ? (Object) (real + 0.0) : value;
  }
}
