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
  abstract void trim(Cells cells, EventLog log, Stretch stretch, long timeMs);

  /** The events up to {@code to}, none of them late, enter. */
  void extend(Cells cells, EventLog log, Stretch stretch, long to) {
    stretch.enter(cells, log, to);
  }

  /** A late event has taken the place {@code index}, not behind the stretch's end. */
  abstract void insert(Cells cells, EventLog log, Stretch stretch, long index, long timeMs);

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

  /** Whether stretches remember the period that they were last in. */
  boolean hasPeriods() {
    return false;
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
    void trim(Cells cells, EventLog log, Stretch stretch, long timeMs) {
      long oldest = timeMs - sizeMs;
      long start = stretch.start(cells);
      long end = stretch.end(cells);
      if (start < end && log.time(start) <= oldest) {
        stretch.leave(cells, log, log.firstAfter(start, oldest, end));
      }
    }

    @Override
    void insert(Cells cells, EventLog log, Stretch stretch, long index, long timeMs) {
      if (log.time(index) <= timeMs - sizeMs) {
        stretch.shift(cells);
      } else {
        stretch.insert(cells, log, index);
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
    void trim(Cells cells, EventLog log, Stretch stretch, long timeMs) {
      long from = periodOf(cells, stretch, timeMs);
      long start = stretch.start(cells);
      long end = stretch.end(cells);
      if (start < end && log.time(start) < from) {
        stretch.leave(cells, log, log.firstAfter(start, from - 1, end));
      }
    }

    @Override
    void insert(Cells cells, EventLog log, Stretch stretch, long index, long timeMs) {
      if (log.time(index) < periodOf(cells, stretch, timeMs)) {
        stretch.shift(cells);
      } else {
        stretch.insert(cells, log, index);
      }
    }

    private long periodOf(Cells cells, Stretch stretch, long timeMs) {
      if (!stretch.isInPeriod(cells, timeMs)) {
        long startMs = unit.startMs(timeMs, zone);
        stretch.setPeriod(cells, startMs, unit.endMs(startMs, zone));
      }
      return stretch.periodStartMs(cells);
    }

    @Override
    long reachMs() {
      return unit.longestMs();
    }

    @Override
    boolean hasPeriods() {
      return true;
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
    void trim(Cells cells, EventLog log, Stretch stretch, long timeMs) {
      while (stretch.held(cells) > count
          || (stretch.held(cells) == count && !stretch.takes(log, stretch.start(cells)))) {
        stretch.leave(cells, log, stretch.start(cells) + 1);
      }
    }

    @Override
    void extend(Cells cells, EventLog log, Stretch stretch, long to) {
      // One by one, so that a window that catches up never holds more than it covers.
      while (stretch.end(cells) < to) {
        stretch.enter(cells, log, stretch.end(cells) + 1);
        trim(cells, log, stretch, 0);
      }
    }

    @Override
    void insert(Cells cells, EventLog log, Stretch stretch, long index, long timeMs) {
      if (stretch.held(cells) == count && index <= stretch.start(cells)) {
        stretch.shift(cells);
      } else {
        stretch.insert(cells, log, index);
        trim(cells, log, stretch, timeMs);
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
    void trim(Cells cells, EventLog log, Stretch stretch, long timeMs) {
      if (!stretch.isEmpty(cells) && log.time(stretch.end(cells) - 1) <= timeMs - gapMs) {
        stretch.leave(cells, log, stretch.end(cells));
      }
    }

    @Override
    void extend(Cells cells, EventLog log, Stretch stretch, long to) {
      while (stretch.end(cells) < to) {
        trim(cells, log, stretch, log.time(stretch.end(cells)));
        stretch.enter(cells, log, stretch.end(cells) + 1);
      }
    }

    @Override
    void insert(Cells cells, EventLog log, Stretch stretch, long index, long timeMs) {
      if (index > stretch.start(cells) && !stretch.isEmpty(cells)) {
        stretch.insert(cells, log, index);
        return;
      }
      // It may join the session with the one before; what that held has to be taken in again.
      stretch.shift(cells);
      long start = startAt(log, stretch.end(cells), timeMs);
      if (start != stretch.start(cells)) {
        stretch.restart(cells, log, start, stretch.end(cells));
      }
    }

    @Override
    long reachMs() {
      return gapMs;
    }
  }
}
