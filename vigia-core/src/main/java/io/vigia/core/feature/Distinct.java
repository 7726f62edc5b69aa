package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * How many different values a window has, exactly.
 *
 * <p><b>Units and bounds.</b> O(1) an event; memory for each different value in the window.
 * Decimals are the same when they are equal as numbers.
 */
final class Distinct extends Accumulator {
  private final Column column;
  private final Map<Object, Occurrences> values = new HashMap<>();

  Distinct(Column column) {
    this.column = column;
  }

  /** A counter that is changed in place, so that a value that comes back costs nothing. */
  private static final class Occurrences {
    int count;
  }

  @Override
  void add(EventLog log, long index) {
    if (column.takes(log, index)) {
      values.computeIfAbsent(value(log, index), v -> new Occurrences()).count++;
    }
  }

  @Override
  void remove(EventLog log, long index) {
    if (column.takes(log, index)) {
      Object value = value(log, index);
      Occurrences occurrences = values.get(value);
      if (occurrences != null && --occurrences.count == 0) {
        values.remove(value);
      }
    }
  }

  @Override
  void read(EventLog log, long start, long end, Slots into, int slot) {
    into.setNumber(slot, values.size());
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public void write(StateOutput output) {
    output.writeUnsigned(values.size());
    values.forEach(
        (value, occurrences) -> {
          if (column.type().isNumber()) {
            output.writeFixed((Long) value);
          } else {
            ColumnValues.write(value, column.type(), output);
          }
          output.writeUnsigned(occurrences.count);
        });
  }

  @Override
  void read(StateInput input) {
    int count = input.readCount(2);
    for (int i = 0; i < count; i++) {
      Object value =
          column.type().isNumber() ? input.readFixed() : ColumnValues.read(column.type(), input);
      Occurrences occurrences = new Occurrences();
      occurrences.count = input.readCount();
      values.put(value, occurrences);
    }
  }

  private Object value(EventLog log, long index) {
    if (column.type().isNumber()) {
      return log.number(index, column.column());
    }
    Object value = log.object(index, column.column());
    return column.type() == FieldType.DECIMAL ? ((BigDecimal) value).stripTrailingZeros() : value;
  }
}
