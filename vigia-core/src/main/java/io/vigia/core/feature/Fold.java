package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a feature without a window knows of all events so far, in constant memory.
 *
 * <p><b>Shape.</b> Two of them serve one feature of one key: one in the state, into which the
 * events go that the log lets go; and one over everything, which is what the feature reads.
 */
abstract class Fold implements Register, Gathered {

  /** Takes in an event; the order does not matter. */
  abstract void include(EventLog log, long index);

  /**
   * Writes the value into the slots from {@code slot} on.
   *
   * @param timeMs up to when events are included, the feature's delay taken off
   */
  abstract void read(Slots into, int slot, long timeMs);

  @Override
  public abstract Fold copy();

  @Override
  public int size() {
    return 1;
  }

  /** Bounded whatever comes, and not to be gathered again: much of it has left the log. */
  @Override
  public final boolean isSmall() {
    return true;
  }

  /** How many events pass a filter. */
  static final class Count extends Fold {
    private final Column column;
    private long count;

    Count(Column column) {
      this.column = column;
    }

    Count(Column column, StateInput input) {
      this(column);
      count = input.readUnsigned();
    }

    @Override
    void include(EventLog log, long index) {
      if (column.takes(log, index)) {
        count++;
      }
    }

    @Override
    void read(Slots into, int slot, long timeMs) {
      into.setNumber(slot, count);
    }

    @Override
    public Fold copy() {
      Count copy = new Count(column);
      copy.count = count;
      return copy;
    }

    @Override
    public void write(StateOutput output) {
      output.writeUnsigned(count);
    }
  }

  /** The sum or mean of a column. */
  static final class Sum extends Fold {
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
    void read(Slots into, int slot, long timeMs) {
      if (mean) {
        total.readMean(into, slot);
      } else {
        total.readSum(into, slot);
      }
    }

    @Override
    public Fold copy() {
      return new Sum(column, mean, total.copy());
    }

    @Override
    public void write(StateOutput output) {
      total.write(output);
    }
  }

  /** The variance or standard deviation of a column. */
  static final class Spread extends Fold {
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
    void read(Slots into, int slot, long timeMs) {
      dispersion.read(into, slot, root);
    }

    @Override
    public Fold copy() {
      return new Spread(column, root, dispersion.copy());
    }

    @Override
    public void write(StateOutput output) {
      dispersion.write(output);
    }
  }

  /** The part of the events that pass one more filter. */
  static final class Ratio extends Fold {
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
    void read(Slots into, int slot, long timeMs) {
      WindowAggregate.Share.write(passed, count, into, slot);
    }

    @Override
    public Fold copy() {
      Ratio copy = new Ratio(mask, also);
      copy.count = count;
      copy.passed = passed;
      return copy;
    }

    @Override
    public void write(StateOutput output) {
      output.writeUnsigned(count);
      output.writeUnsigned(passed);
    }
  }

  /** Values taken over from one event: the oldest, the newest, or that with the extreme value. */
  static final class Pick extends Fold {
    /** Which event is picked. */
    enum By {
      OLDEST,
      NEWEST,
      LEAST,
      GREATEST
    }

    private final By by;
    private final long mask;
    private final int[] columns;
    private final FieldType[] types;
    private final Slots held;
    private boolean any;
    private long timeMs;

    Pick(By by, long mask, int[] columns, FieldType[] types) {
      this.by = by;
      this.mask = mask;
      this.columns = columns;
      this.types = types;
      this.held = new Slots(columns.length);
    }

    Pick(By by, long mask, int[] columns, FieldType[] types, StateInput input) {
      this(by, mask, columns, types);
      any = input.readByte() != 0;
      timeMs = input.readSigned();
      for (int i = 0; i < types.length; i++) {
        if (input.readByte() != 0) {
          readValue(types[i], input, i);
        }
      }
    }

    private void readValue(FieldType type, StateInput input, int i) {
      switch (type) {
        case STRING -> held.setObject(i, input.readText());
        case DECIMAL -> held.setObject(i, input.readDecimal());
        case DOUBLE, INT, BOOL, TIMESTAMP -> held.setNumber(i, input.readFixed());
      }
    }

    @Override
    void include(EventLog log, long index) {
      if ((log.flags(index) & mask) == mask && (!any || isBetter(log, index))) {
        any = true;
        timeMs = log.time(index);
        for (int i = 0; i < columns.length; i++) {
          log.read(index, columns[i], held, i);
        }
      }
    }

    private boolean isBetter(EventLog log, long index) {
      return switch (by) {
        // Of events of one time the one that arrived first is the oldest, the last one the newest.
        case OLDEST -> log.time(index) < timeMs;
        case NEWEST -> log.time(index) >= timeMs;
        case LEAST -> isNoWorse(compare(log, index), log.time(index));
        case GREATEST -> isNoWorse(-compare(log, index), log.time(index));
      };
    }

    /** Of equal extremes the youngest is kept, as a window does. */
    private boolean isNoWorse(int comparison, long time) {
      return comparison < 0 || (comparison == 0 && time >= timeMs);
    }

    private int compare(EventLog log, long index) {
      return switch (types[0]) {
        case INT, TIMESTAMP, BOOL -> Long.compare(log.number(index, columns[0]), held.number(0));
        case DOUBLE -> Double.compare(log.real(index, columns[0]), held.real(0));
        case STRING ->
            ((String) log.object(index, columns[0]))
                .compareTo((String) Objects.requireNonNull(held.object(0)));
        case DECIMAL ->
            ((BigDecimal) log.object(index, columns[0]))
                .compareTo((BigDecimal) Objects.requireNonNull(held.object(0)));
      };
    }

    @Override
    void read(Slots into, int slot, long timeMs) {
      for (int i = 0; i < columns.length; i++) {
        into.copyFrom(held, i, slot + i);
      }
    }

    @Override
    public Fold copy() {
      Pick copy = new Pick(by, mask, columns, types);
      copy.any = any;
      copy.timeMs = timeMs;
      for (int i = 0; i < columns.length; i++) {
        copy.held.copyFrom(held, i, i);
      }
      return copy;
    }

    @Override
    public void write(StateOutput output) {
      output.writeByte(any ? 1 : 0);
      output.writeSigned(timeMs);
      for (int i = 0; i < types.length; i++) {
        output.writeByte(held.has(i) ? 1 : 0);
        if (held.has(i)) {
          writeValue(output, i);
        }
      }
    }

    private void writeValue(StateOutput output, int i) {
      switch (types[i]) {
        case STRING -> output.writeText((String) Objects.requireNonNull(held.object(i)));
        case DECIMAL -> output.writeDecimal((BigDecimal) Objects.requireNonNull(held.object(i)));
        case DOUBLE, INT, BOOL, TIMESTAMP -> output.writeFixed(held.number(i));
      }
    }
  }
}
