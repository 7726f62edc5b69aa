package io.vigia.core.feature;

import io.vigia.core.state.EventLog;
import java.util.List;

/**
 * One window while it moves over a key's log: the part {@code [start, end)} and what its features
 * make of it.
 *
 * <p>Immutable, one for all keys of an entity: where the window of a key stands lies in the key's
 * {@link Cells}. A stretch without aggregates only marks a place.
 */
final class Stretch {
  /** When more than this leave and none stays, nothing need be looked at. */
  static final int RESET_ABOVE = 8;

  private final WindowAggregate[] aggregates;

  /** Those of the aggregates that have something to do when events enter or leave. */
  private final WindowAggregate[] moving;

  private final int start;
  private final int end;

  /** How many events pass {@link #mask}; kept only for the spans that ask for it. */
  private final int held;

  /** The calendar period that the window was last in, so that it is looked up once a period. */
  private final int period;

  private final boolean counts;
  private final long mask;

  Stretch(Cells.Plan plan, Span span, List<WindowAggregate> aggregates) {
    this.aggregates = aggregates.toArray(WindowAggregate[]::new);
    this.moving =
        aggregates.stream()
            .filter(aggregate -> !aggregate.isAtRest())
            .toArray(WindowAggregate[]::new);
    this.start = plan.words(2);
    this.end = start + 1;
    this.counts = span.countsEvents();
    this.mask = span.mask();
    this.held = counts ? plan.words(1) : -1;
    this.period = span.hasPeriods() ? plan.words(2) : -1;
  }

  /** Where the start lies in the cells. */
  int startWord() {
    return start;
  }

  /** Where the end lies in the cells. */
  int endWord() {
    return end;
  }

  List<WindowAggregate> moving() {
    return List.of(moving);
  }

  long start(Cells cells) {
    return cells.words[start];
  }

  long end(Cells cells) {
    return cells.words[end];
  }

  long held(Cells cells) {
    return cells.words[held];
  }

  boolean isInPeriod(Cells cells, long timeMs) {
    return cells.words[period] <= timeMs && timeMs < cells.words[period + 1];
  }

  long periodStartMs(Cells cells) {
    return cells.words[period];
  }

  void setPeriod(Cells cells, long startMs, long endMs) {
    cells.words[period] = startMs;
    cells.words[period + 1] = endMs;
  }

  /** Computes everything afresh over {@code [from, to)}. */
  void restart(Cells cells, EventLog log, long from, long to) {
    for (WindowAggregate aggregate : aggregates) {
      aggregate.reset(cells);
    }
    if (counts) {
      cells.words[held] = 0;
    }
    cells.words[start] = from;
    cells.words[end] = from;
    enter(cells, log, to);
  }

  /** Makes of the stored objects of a key what they were. */
  void restore(Cells cells, EventLog log) {
    for (WindowAggregate aggregate : aggregates) {
      aggregate.restore(cells, log, cells.words[start], cells.words[end]);
    }
  }

  /** The events up to {@code to} enter at the end. */
  void enter(Cells cells, EventLog log, long to) {
    for (long i = cells.words[end]; i < to; i++) {
      for (WindowAggregate aggregate : moving) {
        aggregate.add(cells, log, i);
      }
      count(cells, log, i, 1);
    }
    cells.words[end] = to;
  }

  /** The events before {@code to} leave. */
  void leave(Cells cells, EventLog log, long to) {
    if (to == cells.words[end] && to - cells.words[start] > RESET_ABOVE) {
      restart(cells, log, to, to);
      return;
    }
    for (long i = cells.words[start]; i < to; i++) {
      for (WindowAggregate aggregate : moving) {
        aggregate.remove(cells, log, i);
      }
      count(cells, log, i, -1);
    }
    cells.words[start] = Math.max(cells.words[start], to);
  }

  /** A late event that belongs to the window has taken its place. */
  void insert(Cells cells, EventLog log, long index) {
    for (WindowAggregate aggregate : moving) {
      aggregate.insert(cells, log, index);
    }
    count(cells, log, index, 1);
    cells.words[end]++;
  }

  private void count(Cells cells, EventLog log, long index, int sign) {
    if (counts && takes(log, index)) {
      cells.words[held] += sign;
    }
  }

  /** A late event has taken a place before the window. */
  void shift(Cells cells) {
    for (WindowAggregate aggregate : moving) {
      aggregate.shift(cells);
    }
    cells.words[start]++;
    cells.words[end]++;
  }

  /** The log is about to drop what lies before {@code index}, which the window still covers. */
  void letGo(Cells cells, EventLog log, long index) {
    if (cells.words[end] <= index) {
      restart(cells, log, index, index);
    } else if (cells.words[start] < index) {
      leave(cells, log, index);
    }
  }

  /** The log has dropped what lies before {@code index}; an empty stretch may have lain there. */
  void skipTo(Cells cells, long index) {
    if (cells.words[start] < index) {
      cells.words[start] = index;
      cells.words[end] = Math.max(cells.words[end], index);
    }
  }

  boolean isEmpty(Cells cells) {
    return cells.words[start] == cells.words[end];
  }

  boolean takes(EventLog log, long index) {
    return (log.flags(index) & mask) == mask;
  }
}
