package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.Objects;

/** Values taken over from one event: the oldest, the newest, or that with the extreme value. */
final class Pick extends Part {
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
    long time = log.time(index);
    return switch (by) {
      case OLDEST, NEWEST -> isBetter(0, time);
      case LEAST, GREATEST -> isBetter(compare(log, index), time);
    };
  }

  /**
   * Whether an event is picked instead.
   *
   * @param order of its value and the one held; does not matter for the oldest and the newest
   */
  private boolean isBetter(int order, long time) {
    return switch (by) {
      // Of events of one time the one that arrived first is the oldest, the last one the newest.
      case OLDEST -> time < timeMs;
      case NEWEST -> time >= timeMs;
      case LEAST -> isNoWorse(order, time);
      case GREATEST -> isNoWorse(-order, time);
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
      case DECIMAL -> {
        int order = PackedDecimal.order(log.number(index, columns[0]), held.number(0));
        yield order != PackedDecimal.UNKNOWN
            ? order
            : ((BigDecimal) log.object(index, columns[0]))
                .compareTo((BigDecimal) Objects.requireNonNull(held.object(0)));
      }
    };
  }

  private int compare(Slots other) {
    return switch (types[0]) {
      case INT, TIMESTAMP, BOOL -> Long.compare(other.number(0), held.number(0));
      case DOUBLE -> Double.compare(other.real(0), held.real(0));
      case STRING ->
          ((String) Objects.requireNonNull(other.object(0)))
              .compareTo((String) Objects.requireNonNull(held.object(0)));
      case DECIMAL ->
          ((BigDecimal) Objects.requireNonNull(other.object(0)))
              .compareTo((BigDecimal) Objects.requireNonNull(held.object(0)));
    };
  }

  @Override
  void merge(Part part) {
    Pick other = (Pick) part;
    if (other.any && (!any || isBetter(isByValue() ? compare(other.held) : 0, other.timeMs))) {
      take(other);
    }
  }

  private boolean isByValue() {
    return by == By.LEAST || by == By.GREATEST;
  }

  @Override
  boolean takeAway(Part other) {
    // An event that was not picked leaves no trace.
    return !((Pick) other).any || (any && ((Pick) other).timeMs != timeMs);
  }

  private void take(Pick other) {
    any = other.any;
    timeMs = other.timeMs;
    for (int i = 0; i < columns.length; i++) {
      held.copyFrom(other.held, i, i);
    }
  }

  @Override
  void read(Slots into, int slot, long timeMs) {
    for (int i = 0; i < columns.length; i++) {
      into.copyFrom(held, i, slot + i);
    }
  }

  @Override
  public Part copy() {
    Pick copy = new Pick(by, mask, columns, types);
    copy.take(this);
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
