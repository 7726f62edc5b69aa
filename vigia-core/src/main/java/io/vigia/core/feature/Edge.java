package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;

/**
 * The values of the oldest or the newest event of a window, of those that pass the feature's
 * filter.
 *
 * <p><b>Units and bounds.</b> O(1) amortised: the search for the oldest goes on where the last one
 * ended.
 */
final class Edge extends Accumulator {
  private static final long NONE = -1;

  private final boolean newest;
  private final long mask;
  private final int[] columns;

  /** The newest event taken, or the index from which on the oldest is searched; -1 for none. */
  private long index = NONE;

  Edge(boolean newest, long mask, int[] columns) {
    this.newest = newest;
    this.mask = mask;
    this.columns = columns;
  }

  @Override
  void add(EventLog log, long added) {
    if (newest ? takes(log, added) : index == NONE) {
      index = added;
    }
  }

  @Override
  void remove(EventLog log, long removed) {
    if (newest && index == removed) {
      index = NONE;
    }
  }

  @Override
  void insert(EventLog log, long inserted) {
    if (newest) {
      if (index >= inserted) {
        index++;
      } else if (takes(log, inserted)) {
        index = inserted;
      }
    } else if (index == NONE || inserted < index) {
      index = inserted;
    }
  }

  @Override
  void shift() {
    if (index != NONE) {
      index++;
    }
  }

  @Override
  void read(EventLog log, long start, long end, Slots into, int slot) {
    long found = newest ? index : oldest(log, start, end);
    for (int i = 0; i < columns.length; i++) {
      if (found == NONE) {
        into.clear(slot + i);
      } else {
        log.read(found, columns[i], into, slot + i);
      }
    }
  }

  private long oldest(EventLog log, long start, long end) {
    long at = Math.max(index, start);
    while (at < end && !takes(log, at)) {
      at++;
    }
    index = at;
    return at < end ? at : NONE;
  }

  private boolean takes(EventLog log, long at) {
    return (log.flags(at) & mask) == mask;
  }
}
