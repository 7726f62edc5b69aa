package io.vigia.core.feature;

import io.vigia.core.event.Row;
import io.vigia.core.state.EventLog;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feature that reads others, and so may have taken one of their coarse values.
 *
 * <p><b>Shape.</b> What it has taken stands in its log, so the key remembers the time of the newest
 * event that brought it a marked value. The feature is marked as long as its window reaches back to
 * that time: with {@code over: 5m}, up to five minutes after it. A mark too many is possible, one
 * too few is not.
 *
 * @param number its position among those of the entity
 * @param inputs the first slots of the features that its value or its conditions read
 */
record CoarseReader(
    int number,
    int layer,
    int log,
    int slot,
    int[] inputs,
    long delayMs,
    boolean excludeCurrent,
    Reach reach) {

  /** Whether a window that ends at a time covers an event as new as another. */
  private interface Reach {
    boolean covers(EventLog log, long endMs, long takenMs);
  }

  /**
   * @param foldReachMs after how long its fold has forgotten an event; not asked where it has none
   */
  static CoarseReader of(
      int number,
      Feature feature,
      int log,
      int[] inputs,
      boolean excludeCurrent,
      long foldReachMs) {
    return new CoarseReader(
        number,
        feature.layer(),
        log,
        feature.variable().slot(),
        inputs,
        feature.definition().delayMs(),
        excludeCurrent,
        reach(feature.definition(), foldReachMs));
  }

  private static Reach reach(FeatureDefinition definition, long foldReachMs) {
    WindowDefinition window = definition.window();
    if (definition.isFolded()) {
      return lookBack(foldReachMs);
    }
    return switch (window.kind()) {
      case LOOK_BACK -> lookBack(window.size());
      case CALENDAR -> {
        CalendarUnit unit = Objects.requireNonNull(window.unit());
        ZoneId zone = ZoneId.of(Objects.requireNonNull(window.zone()));
        yield (log, endMs, takenMs) -> unit.startMs(endMs, zone) <= takenMs;
      }
      case SESSION -> CoarseReader::isKept;
      // A wrong answer of its filter moves the beginning of the window, beyond what is kept.
      case LAST_EVENTS ->
          definition.where() == null ? CoarseReader::isKept : lookBack(Long.MAX_VALUE);
      case EVER -> throw new IllegalStateException("exact window: got " + window);
    };
  }

  private static Reach lookBack(long sizeMs) {
    return sizeMs == Long.MAX_VALUE
        ? (log, endMs, takenMs) -> true
        : (log, endMs, takenMs) -> endMs - sizeMs < takenMs;
  }

  /** A log keeps at least what such a window covers. */
  private static boolean isKept(EventLog log, long endMs, long takenMs) {
    return !log.isEmpty() && log.time(log.first()) <= takenMs;
  }

  /** Whether its value at an event may come from what it took up to {@code takenMs}. */
  boolean covers(EventLog from, Row row, long takenMs) {
    return takenMs != CoarsePast.NOTHING
        && reach.covers(from, row.event().timeMs() - delayMs, takenMs);
  }

  /** Whether its value at an event has that event in it. */
  boolean takesCurrent() {
    return !excludeCurrent && delayMs == 0;
  }

  /** Whether any of what it reads is marked. */
  boolean readsAny(@Nullable BitSet marked) {
    if (marked == null) {
      return false;
    }
    for (int input : inputs) {
      if (marked.get(input)) {
        return true;
      }
    }
    return false;
  }
}
