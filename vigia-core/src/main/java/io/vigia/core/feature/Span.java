package io.vigia.core.feature;

import io.vigia.core.state.EventLog;
import java.time.ZoneId;
import java.util.Objects;

/**
 * How far back a window reaches: which of the events up to a time it covers.
 *
 * <p><b>Shape.</b> A span finds the start of a window by itself ({@link #startAt}), and moves that
 * of a {@link Stretch} with the time and with the events that come, each step amortised O(1). Both
 * give the same. Times are those of the window's end, its delay taken off.
 */
abstract class Span {

  /** The first event of the window that ends before {@code end} at {@code timeMs}. */
  abstract long startAt(EventLog log, long end, long timeMs);

  /** Lets leave what the window does not reach at {@code timeMs}. */
  abstract void trim(EventLog log, Stretch stretch, long timeMs);

  /** The events up to {@code to}, none of them late, enter. */
  void extend(EventLog log, Stretch stretch, long to) {
    stretch.enter(log, to);
  }

  /** A late event has taken the place {@code index}, not behind the stretch's end. */
  abstract void insert(EventLog log, Stretch stretch, long index, long timeMs);

  /**
   * After how long an event has surely left; {@link Long#MAX_VALUE} when that is not a matter of
   * time.
   */
  abstract long reachMs();

  /** Whether the reach alone says what a window can still cover. */
  boolean isOfFixedLength() {
    return false;
  }

  /** Whether stretches count the events that pass {@link #mask}. */
  boolean countsEvents() {
    return false;
  }

  long mask() {
    return 0;
  }

  static Span of(WindowDefinition window, long filterMask) {
    return switch (window.kind()) {
      case LOOK_BACK -> new LookBack(window.size());
      case LAST_EVENTS -> new LastEvents(window.size(), filterMask);
      case SESSION -> new Session(window.size());
      case CALENDAR ->
          new Calendar(
              Objects.requireNonNull(window.unit()),
              ZoneId.of(Objects.requireNonNull(window.zone())));
      case EVER -> throw new IllegalArgumentException("span of a window: got none");
    };
  }

  /** {@code (time − size, time]}. */
  static final class LookBack extends Span {
    private final long sizeMs;

    LookBack(long sizeMs) {
      this.sizeMs = sizeMs;
    }

    @Override
    long startAt(EventLog log, long end, long timeMs) {
      return Math.min(end, log.firstAfter(timeMs - sizeMs));
    }

    @Override
    void trim(EventLog log, Stretch stretch, long timeMs) {
      long oldest = timeMs - sizeMs;
      while (stretch.start < stretch.end && log.time(stretch.start) <= oldest) {
        stretch.leave(log, stretch.start + 1);
      }
    }

    @Override
    void insert(EventLog log, Stretch stretch, long index, long timeMs) {
      if (log.time(index) <= timeMs - sizeMs) {
        stretch.shift();
      } else {
        stretch.insert(log, index);
      }
    }

    @Override
    long reachMs() {
      return sizeMs;
    }

    @Override
    boolean isOfFixedLength() {
      return true;
    }
  }

  /** From the beginning of the period that the time lies in. */
  static final class Calendar extends Span {
    private final CalendarUnit unit;
    private final ZoneId zone;

    Calendar(CalendarUnit unit, ZoneId zone) {
      this.unit = unit;
      this.zone = zone;
    }

    @Override
    long startAt(EventLog log, long end, long timeMs) {
      return Math.min(end, log.firstAfter(unit.startMs(timeMs, zone) - 1));
    }

    @Override
    void trim(EventLog log, Stretch stretch, long timeMs) {
      long from = periodOf(stretch, timeMs);
      while (stretch.start < stretch.end && log.time(stretch.start) < from) {
        stretch.leave(log, stretch.start + 1);
      }
    }

    @Override
    void insert(EventLog log, Stretch stretch, long index, long timeMs) {
      if (log.time(index) < periodOf(stretch, timeMs)) {
        stretch.shift();
      } else {
        stretch.insert(log, index);
      }
    }

    private long periodOf(Stretch stretch, long timeMs) {
      if (timeMs < stretch.periodStartMs || timeMs >= stretch.periodEndMs) {
        stretch.periodStartMs = unit.startMs(timeMs, zone);
        stretch.periodEndMs = unit.endMs(stretch.periodStartMs, zone);
      }
      return stretch.periodStartMs;
    }

    @Override
    long reachMs() {
      return unit.longestMs();
    }
  }

  /** The last events that pass a filter; those between them come along and count for nothing. */
  static final class LastEvents extends Span {
    private final long count;
    private final long mask;

    LastEvents(long count, long mask) {
      this.count = count;
      this.mask = mask;
    }

    @Override
    long startAt(EventLog log, long end, long timeMs) {
      long found = 0;
      for (long i = end - 1; i >= log.first(); i--) {
        if ((log.flags(i) & mask) == mask && ++found == count) {
          return i;
        }
      }
      return log.first();
    }

    @Override
    void trim(EventLog log, Stretch stretch, long timeMs) {
      while (stretch.held > count
          || (stretch.held == count && !stretch.takes(log, stretch.start))) {
        stretch.leave(log, stretch.start + 1);
      }
    }

    @Override
    void extend(EventLog log, Stretch stretch, long to) {
      // One by one, so that a window that catches up never holds more than it covers.
      while (stretch.end < to) {
        stretch.enter(log, stretch.end + 1);
        trim(log, stretch, 0);
      }
    }

    @Override
    void insert(EventLog log, Stretch stretch, long index, long timeMs) {
      if (stretch.held == count && index <= stretch.start) {
        stretch.shift();
      } else {
        stretch.insert(log, index);
        trim(log, stretch, timeMs);
      }
    }

    @Override
    long reachMs() {
      return Long.MAX_VALUE;
    }

    @Override
    boolean countsEvents() {
      return true;
    }

    @Override
    long mask() {
      return mask;
    }
  }

  /** Back to the last pause: as long as each event is less than the gap before the next. */
  static final class Session extends Span {
    private final long gapMs;

    Session(long gapMs) {
      this.gapMs = gapMs;
    }

    @Override
    long startAt(EventLog log, long end, long timeMs) {
      if (end == log.first() || log.time(end - 1) <= timeMs - gapMs) {
        return end;
      }
      long start = end - 1;
      while (start > log.first() && log.time(start - 1) > log.time(start) - gapMs) {
        start--;
      }
      return start;
    }

    @Override
    void trim(EventLog log, Stretch stretch, long timeMs) {
      if (!stretch.isEmpty() && log.time(stretch.end - 1) <= timeMs - gapMs) {
        stretch.leave(log, stretch.end);
      }
    }

    @Override
    void extend(EventLog log, Stretch stretch, long to) {
      while (stretch.end < to) {
        trim(log, stretch, log.time(stretch.end));
        stretch.enter(log, stretch.end + 1);
      }
    }

    @Override
    void insert(EventLog log, Stretch stretch, long index, long timeMs) {
      if (index > stretch.start && !stretch.isEmpty()) {
        stretch.insert(log, index);
        return;
      }
      // It may join the session with the one before; what that held has to be taken in again.
      stretch.shift();
      long start = startAt(log, stretch.end, timeMs);
      if (start != stretch.start) {
        stretch.restart(log, start, stretch.end);
      }
    }

    @Override
    long reachMs() {
      return gapMs;
    }
  }
}
