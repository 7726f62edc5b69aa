package io.vigia.core.feature;

import io.vigia.core.feature.EntityFeatures.Reading;
import io.vigia.core.state.EventLog;

/**
 * One window of one key while it moves: the part {@code [start, end)} of its log and what its
 * features make of it.
 *
 * <p>Derived, mutable, owned by its key. A stretch without readings only marks a place.
 */
final class Stretch {
  final Accumulator[] accumulators;
  long start;
  long end;

  /** How many events pass {@link #mask}; kept only by the spans that ask for it. */
  long held;

  /** The calendar period that the window was last in, so that it is looked up once a period. */
  long periodStartMs = Long.MAX_VALUE;

  long periodEndMs = Long.MIN_VALUE;

  private final Reading[] readings;
  private final boolean counts;
  private final long mask;

  Stretch(Span span, Reading... readings) {
    this.readings = readings;
    this.accumulators = new Accumulator[readings.length];
    this.counts = span.countsEvents();
    this.mask = span.mask();
    renew();
  }

  private void renew() {
    for (int r = 0; r < readings.length; r++) {
      accumulators[r] = readings[r].accumulator().get();
    }
    held = 0;
  }

  /** Computes everything afresh over {@code [from, to)}. */
  void restart(EventLog log, long from, long to) {
    renew();
    start = from;
    end = from;
    enter(log, to);
  }

  /** The events up to {@code to} enter at the end. */
  void enter(EventLog log, long to) {
    for (long i = end; i < to; i++) {
      for (Accumulator accumulator : accumulators) {
        accumulator.add(log, i);
      }
      if (counts && takes(log, i)) {
        held++;
      }
    }
    end = to;
  }

  /** The events before {@code to} leave. */
  void leave(EventLog log, long to) {
    for (long i = start; i < to; i++) {
      for (Accumulator accumulator : accumulators) {
        accumulator.remove(log, i);
      }
      if (counts && takes(log, i)) {
        held--;
      }
    }
    start = Math.max(start, to);
  }

  /** A late event that belongs to the window has taken its place. */
  void insert(EventLog log, long index) {
    for (Accumulator accumulator : accumulators) {
      accumulator.insert(log, index);
    }
    if (counts && takes(log, index)) {
      held++;
    }
    end++;
  }

  /** A late event has taken a place before the window. */
  void shift() {
    for (Accumulator accumulator : accumulators) {
      accumulator.shift();
    }
    start++;
    end++;
  }

  /** The log has dropped what lies before {@code index}; an empty stretch may have lain there. */
  void skipTo(long index) {
    if (start < index) {
      start = index;
      end = Math.max(end, index);
    }
  }

  boolean isEmpty() {
    return start == end;
  }

  boolean takes(EventLog log, long index) {
    return (log.flags(index) & mask) == mask;
  }
}
