package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there are: exactly up to a number of them, about beyond it.
 *
 * <p><b>Units and bounds.</b> O(1) an event. Memory for each different value, then that of one
 * {@link ValueSketch}, whose error it has.
 */
final class DistinctPart extends Part {
  /** The fewest values that are worth a sketch: they take about as much. */
  static final int SKETCH_MIN = 512;

  private final Column column;
  private final int max;

  /** How many events have each value, as long as there is no sketch. */
  private Map<Object, Occurrences> values = new LinkedHashMap<>();

  private @Nullable ValueSketch sketch;

  /**
   * @param max how many values are kept one by one, at least {@value #SKETCH_MIN}; 0 for any number
   */
  DistinctPart(Column column, int max) {
    if (max != 0 && max < SKETCH_MIN) {
      throw new IllegalArgumentException("values before a sketch: got " + max);
    }
    this.column = column;
    this.max = max;
  }

  DistinctPart(Column column, int max, StateInput input) {
    this(column, max);
    if (input.readByte() != 0) {
      sketch = ValueSketch.read(input);
      return;
    }
    int count = input.readCount(2);
    for (int i = 0; i < count; i++) {
      Object value = readValue(column.type(), input);
      values.put(value, new Occurrences(input.readUnsigned()));
    }
  }

  /** A counter that is changed in place. */
  private static final class Occurrences {
    long count;

    Occurrences(long count) {
      this.count = count;
    }
  }

  @Override
  void include(EventLog log, long index) {
    if (column.takes(log, index)) {
      Object value = value(log, index);
      ValueSketch known = sketch;
      if (known != null) {
        known.add(value);
      } else {
        add(value, 1);
        if (max > 0 && values.size() > max) {
          sketch();
        }
      }
    }
  }

  private Object value(EventLog log, long index) {
    if (column.type().isNumber()) {
      return log.number(index, column.column());
    }
    Object value = log.object(index, column.column());
    return column.type() == FieldType.DECIMAL ? ((BigDecimal) value).stripTrailingZeros() : value;
  }

  private void add(Object value, long times) {
    values.computeIfAbsent(value, v -> new Occurrences(0)).count += times;
  }

  /** The sketch, made from the values where there is none yet. */
  private ValueSketch sketch() {
    ValueSketch known = sketch;
    if (known == null) {
      known = new ValueSketch();
      values.keySet().forEach(known::add);
      values = Map.of();
      sketch = known;
    }
    return known;
  }

  @Override
  void merge(Part part) {
    DistinctPart other = (DistinctPart) part;
    if (other.sketch != null) {
      sketch().merge(other.sketch);
    } else if (sketch != null) {
      other.values.keySet().forEach(sketch::add);
    } else {
      other.values.forEach((value, occurrences) -> add(value, occurrences.count));
    }
  }

  @Override
  boolean takeAway(Part part) {
    DistinctPart other = (DistinctPart) part;
    if (sketch != null || other.sketch != null) {
      return other.sketch == null && other.values.isEmpty();
    }
    other.values.forEach(
        (value, occurrences) ->
            values.computeIfPresent(
                value, (v, all) -> (all.count -= occurrences.count) == 0 ? null : all));
    return true;
  }

  @Override
  boolean agreesWith(Part other) {
    return sketch != null || ((DistinctPart) other).sketch == null;
  }

  @Override
  void read(Slots into, int slot, long timeMs) {
    into.setNumber(slot, sketch == null ? values.size() : sketch.estimate());
  }

  @Override
  public int size() {
    return sketch == null ? values.size() : SKETCH_MIN;
  }

  @Override
  public Part copy() {
    DistinctPart copy = new DistinctPart(column, max);
    if (sketch != null) {
      copy.sketch = sketch.copy();
      copy.values = Map.of();
    } else {
      copy.merge(this);
    }
    return copy;
  }

  @Override
  public void write(StateOutput output) {
    ValueSketch known = sketch;
    output.writeByte(known == null ? 0 : 1);
    if (known != null) {
      known.write(output);
      return;
    }
    output.writeUnsigned(values.size());
    values.forEach(
        (value, occurrences) -> {
          writeValue(value, output);
          output.writeUnsigned(occurrences.count);
        });
  }

  private void writeValue(Object value, StateOutput output) {
    switch (column.type()) {
      case STRING -> output.writeText((String) value);
      case DECIMAL -> output.writeDecimal((BigDecimal) value);
      case DOUBLE -> output.writeFixed((Long) value);
      case INT, BOOL, TIMESTAMP -> output.writeSigned((Long) value);
    }
  }

  private static Object readValue(FieldType type, StateInput input) {
    return switch (type) {
      case STRING -> input.readText();
      case DECIMAL -> input.readDecimal();
      case DOUBLE -> input.readFixed();
      case INT, BOOL, TIMESTAMP -> input.readSigned();
    };
  }
}
