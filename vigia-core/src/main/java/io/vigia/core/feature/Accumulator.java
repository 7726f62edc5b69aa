package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;

/**
 * What one feature knows of the events that lie in its window of one key, where that needs more
 * than the words of a {@link WindowAggregate}.
 *
 * <p><b>Shape.</b> Events enter at the end and leave at the start, in the order of the log; a late
 * one may enter anywhere. Each is told by its index; the accumulator itself passes over those that
 * its feature does not take.
 */
abstract class Accumulator implements Gathered {

  /** An event enters behind all others. */
  abstract void add(EventLog log, long index);

  /** The oldest event leaves. */
  abstract void remove(EventLog log, long index);

  /** A late event enters in its place; those from {@code index} on have moved up by one. */
  void insert(EventLog log, long index) {
    add(log, index);
  }

  /** A late event took its place before the window: all its events have moved up by one. */
  void shift() {}

  /** Writes the value over the window {@code [start, end)} into the slots from {@code slot} on. */
  abstract void read(EventLog log, long start, long end, Slots into, int slot);

  /** Gathered again from the log, unless it says otherwise. */
  @Override
  public int size() {
    return SMALL + 1;
  }

  @Override
  public void write(StateOutput output) {
    throw new IllegalStateException("accumulator of " + getClass() + ": is not written");
  }

  /** Reads what {@link #write} wrote, being new itself. */
  void read(StateInput input) {
    throw new IllegalStateException("accumulator of " + getClass() + ": is not read");
  }

  /** Adds up a column. */
  static final class Sum extends Accumulator {
    private final Column column;
    private final boolean mean;
    private Total total;

    Sum(Column column, boolean mean) {
      this.column = column;
      this.mean = mean;
      this.total = Total.of(column.type());
    }

    @Override
    void add(EventLog log, long index) {
      if (column.takes(log, index)) {
        total.add(log, index, column.column());
      }
    }

    @Override
    void remove(EventLog log, long index) {
      if (column.takes(log, index)) {
        total.subtract(log, index, column.column());
      }
    }

    @Override
    void read(EventLog log, long start, long end, Slots into, int slot) {
      if (mean) {
        total.readMean(into, slot);
      } else {
        total.readSum(into, slot);
      }
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void write(StateOutput output) {
      total.write(output);
    }

    @Override
    void read(StateInput input) {
      total = Total.read(column.type(), input);
    }
  }

  /** The variance or the standard deviation of a column. */
  static final class Spread extends Accumulator {
    private final Column column;
    private final boolean root;
    private Dispersion dispersion;

    Spread(Column column, boolean root) {
      this.column = column;
      this.root = root;
      this.dispersion = Dispersion.of(column.type());
    }

    @Override
    void add(EventLog log, long index) {
      if (column.takes(log, index)) {
        dispersion.change(log, index, column.column(), 1);
      }
    }

    @Override
    void remove(EventLog log, long index) {
      if (column.takes(log, index)) {
        dispersion.change(log, index, column.column(), -1);
      }
    }

    @Override
    void read(EventLog log, long start, long end, Slots into, int slot) {
      dispersion.read(into, slot, root);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void write(StateOutput output) {
      dispersion.write(output);
    }

    @Override
    void read(StateInput input) {
      dispersion = Dispersion.read(column.type(), input);
    }
  }
}
