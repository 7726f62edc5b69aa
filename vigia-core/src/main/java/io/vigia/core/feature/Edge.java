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
final class Edge extends WindowAggregate {
  private static final long NONE = 0;

  private final boolean newest;
  private final long mask;
  private final int[] columns;

  /**
   * Where one more than an index is kept: that of the newest event taken, or that from which on the
   * oldest is searched.
   */
  private final int at;

  Edge(Cells.Plan plan, boolean newest, long mask, int[] columns) {
    this.newest = newest;
    this.mask = mask;
    this.columns = columns;
    this.at = plan.words(1);
  }

  @Override
  void reset(Cells cells) {
    cells.words[at] = NONE;
  }

  @Override
  void add(Cells cells, EventLog log, long added) {
    if (newest ? takes(log, added) : cells.words[at] == NONE) {
      cells.words[at] = added + 1;
    }
  }

  @Override
  void remove(Cells cells, EventLog log, long removed) {
    if (newest && cells.words[at] == removed + 1) {
      cells.words[at] = NONE;
    }
  }

  @Override
  void insert(Cells cells, EventLog log, long inserted) {
    long known = cells.words[at];
    if (newest) {
      if (known > inserted) {
        cells.words[at]++;
      } else if (takes(log, inserted)) {
        cells.words[at] = inserted + 1;
      }
    } else if (known == NONE || inserted < known - 1) {
      cells.words[at] = inserted + 1;
    }
  }

  @Override
  void shift(Cells cells) {
    if (cells.words[at] != NONE) {
      cells.words[at]++;
    }
  }

  @Override
  void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
    long found = newest ? cells.words[at] : oldest(cells, log, start, end);
    for (int i = 0; i < columns.length; i++) {
      if (found == NONE) {
        into.clear(slot + i);
      } else {
        log.read(found - 1, columns[i], into, slot + i);
      }
    }
  }

  private long oldest(Cells cells, EventLog log, long start, long end) {
    long index = Math.max(cells.words[at] - 1, start);
    while (index < end && !takes(log, index)) {
      index++;
    }
    cells.words[at] = index + 1;
    return index < end ? index + 1 : NONE;
  }

  private boolean takes(EventLog log, long index) {
    return (log.flags(index) & mask) == mask;
  }
}
