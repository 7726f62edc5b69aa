package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;

/**
 * A fold that others of the same feature can be merged into: what is known of the events of one
 * stretch of time, or of several stretches together.
 *
 * <p><b>Shape.</b> Stretches are merged from the oldest to the newest. What was merged can be taken
 * away again by some kinds, always or now and then; otherwise the rest has to be merged anew.
 */
abstract class Part extends Fold {

  /** Takes in all events of another, none of which this one has. */
  abstract void merge(Part other);

  /** Whether it could be undone that {@code other} was merged; if not, nothing has changed. */
  abstract boolean takeAway(Part other);

  /** Whether this, of which {@code other} is a stretch, still is what merging would make of it. */
  boolean agreesWith(Part other) {
    return true;
  }

  @Override
  public abstract Part copy();

  /** How many events pass a filter, divided by a number of times. */
  static final class Count extends Part {
    private final Column column;
    private final double times;
    private long count;

    /**
     * @param times 0 where the count itself is given, which is an int
     */
    Count(Column column, double times) {
      this.column = column;
      this.times = times;
    }

    Count(Column column, double times, StateInput input) {
      this(column, times);
      count = input.readUnsigned();
    }

    @Override
    void include(EventLog log, long index) {
      if (column.takes(log, index)) {
        count++;
      }
    }

    @Override
    void merge(Part other) {
      count += ((Count) other).count;
    }

    @Override
    boolean takeAway(Part other) {
      count -= ((Count) other).count;
      return true;
    }

    @Override
    void read(Slots into, int slot, long timeMs) {
      if (times == 0) {
        into.setNumber(slot, count);
      } else {
        into.setReal(slot, count / times);
      }
    }

    @Override
    public Part copy() {
      Count copy = new Count(column, times);
      copy.count = count;
      return copy;
    }

    @Override
    public void write(StateOutput output) {
      output.writeUnsigned(count);
    }
  }

  /** The sum or mean of a column. */
  static final class Sum extends Part {
    private final Column column;
    private final boolean mean;
    private final Total total;

    Sum(Column column, boolean mean) {
      this(column, mean, Total.of(column.type()));
    }

    Sum(Column column, boolean mean, StateInput input) {
      this(column, mean, Total.read(column.type(), input));
    }

    private Sum(Column column, boolean mean, Total total) {
      this.column = column;
      this.mean = mean;
      this.total = total;
    }

    @Override
    void include(EventLog log, long index) {
      if (column.takes(log, index)) {
        total.add(log, index, column.column());
      }
    }

    @Override
    void merge(Part other) {
      total.merge(((Sum) other).total, 1);
    }

    @Override
    boolean takeAway(Part other) {
      total.merge(((Sum) other).total, -1);
      return true;
    }

    @Override
    void read(Slots into, int slot, long timeMs) {
      if (mean) {
        total.readMean(into, slot);
      } else {
        total.readSum(into, slot);
      }
    }

    @Override
    public Part copy() {
      return new Sum(column, mean, total.copy());
    }

    @Override
    public void write(StateOutput output) {
      total.write(output);
    }
  }

  /** The variance or standard deviation of a column. */
  static final class Spread extends Part {
    private final Column column;
    private final boolean root;
    private final Dispersion dispersion;

    Spread(Column column, boolean root) {
      this(column, root, Dispersion.of(column.type()));
    }

    Spread(Column column, boolean root, StateInput input) {
      this(column, root, Dispersion.read(column.type(), input));
    }

    private Spread(Column column, boolean root, Dispersion dispersion) {
      this.column = column;
      this.root = root;
      this.dispersion = dispersion;
    }

    @Override
    void include(EventLog log, long index) {
      if (column.takes(log, index)) {
        dispersion.change(log, index, column.column(), 1);
      }
    }

    @Override
    void merge(Part other) {
      dispersion.merge(((Spread) other).dispersion, 1);
    }

    @Override
    boolean takeAway(Part other) {
      dispersion.merge(((Spread) other).dispersion, -1);
      return true;
    }

    @Override
    void read(Slots into, int slot, long timeMs) {
      dispersion.read(into, slot, root);
    }

    @Override
    public Part copy() {
      return new Spread(column, root, dispersion.copy());
    }

    @Override
    public void write(StateOutput output) {
      dispersion.write(output);
    }
  }

  /** The part of the events that pass one more filter. */
  static final class Ratio extends Part {
    private final long mask;
    private final long also;
    private long count;
    private long passed;

    Ratio(long mask, long also) {
      this.mask = mask;
      this.also = also;
    }

    Ratio(long mask, long also, StateInput input) {
      this(mask, also);
      count = input.readUnsigned();
      passed = input.readUnsigned();
    }

    @Override
    void include(EventLog log, long index) {
      long flags = log.flags(index);
      if ((flags & mask) == mask) {
        count++;
        if ((flags & also) == also) {
          passed++;
        }
      }
    }

    @Override
    void merge(Part other) {
      count += ((Ratio) other).count;
      passed += ((Ratio) other).passed;
    }

    @Override
    boolean takeAway(Part other) {
      count -= ((Ratio) other).count;
      passed -= ((Ratio) other).passed;
      return true;
    }

    @Override
    void read(Slots into, int slot, long timeMs) {
      WindowAggregate.Share.write(passed, count, into, slot);
    }

    @Override
    public Part copy() {
      Ratio copy = new Ratio(mask, also);
      copy.merge(this);
      return copy;
    }

    @Override
    public void write(StateOutput output) {
      output.writeUnsigned(count);
      output.writeUnsigned(passed);
    }
  }
}
