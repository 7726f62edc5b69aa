package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A percentile of a window by the nearest rank: the smallest of its values that at least so many of
 * a hundred do not exceed.
 *
 * <p><b>Shape.</b> Of 10, 20, 30, 40 the 50th is 20, the 51st 30, the 100th 40. It is always a
 * value of the window, so it has the field's type.
 *
 * <p><b>Units and bounds.</b> O(log n) an event; memory for each different value in the window.
 *
 * <p><b>Source.</b> R. J. Hyndman, Y. Fan, Sample Quantiles in Statistical Packages, 1996:
 * definition 1.
 */
final class Percentile extends Accumulator {
  /** {@link FeatureDefinition#parameter} counts thousandths of a hundredth. */
  static final long WHOLE = 100_000;

  /*
   * The values lie in two ordered maps: low has the rank smallest ones, high the others. An event changes
   * the size by one and the rank by at most one, so that at most one value has to change sides.
   */
  private final Column column;
  private final long part;
  private final TreeMap<Comparable<Object>, Long> low = new TreeMap<>();
  private final TreeMap<Comparable<Object>, Long> high = new TreeMap<>();
  private long lowCount;
  private long count;

  Percentile(Column column, long part) {
    this.column = column;
    this.part = part;
  }

  @Override
  void add(EventLog log, long index) {
    if (!column.takes(log, index)) {
      return;
    }
    Comparable<Object> value = ColumnValues.key(log, index, column);
    count++;
    if (isLow(value)) {
      low.merge(value, 1L, Long::sum);
      lowCount++;
    } else {
      high.merge(value, 1L, Long::sum);
    }
    balance();
  }

  @Override
  void remove(EventLog log, long index) {
    if (!column.takes(log, index)) {
      return;
    }
    Comparable<Object> value = ColumnValues.key(log, index, column);
    count--;
    // A value may lie on both sides; it does not matter from which one it goes.
    if (low.containsKey(value)) {
      take(low, value);
      lowCount--;
    } else {
      take(high, value);
    }
    balance();
  }

  private boolean isLow(Comparable<Object> value) {
    return !low.isEmpty() && value.compareTo(low.lastKey()) <= 0;
  }

  private static void take(Map<Comparable<Object>, Long> from, Comparable<Object> value) {
    from.computeIfPresent(value, (v, times) -> times == 1 ? null : times - 1);
  }

  private void balance() {
    long rank = rank();
    while (lowCount < rank) {
      Comparable<Object> value = high.firstKey();
      take(high, value);
      low.merge(value, 1L, Long::sum);
      lowCount++;
    }
    while (lowCount > rank) {
      Comparable<Object> value = low.lastKey();
      take(low, value);
      high.merge(value, 1L, Long::sum);
      lowCount--;
    }
  }

  /** How many values the one wanted is the largest of. */
  private long rank() {
    return (part * count + WHOLE - 1) / WHOLE;
  }

  @Override
  void read(EventLog log, long start, long end, Slots into, int slot) {
    Map.@Nullable Entry<Comparable<Object>, Long> found = low.lastEntry();
    if (found == null) {
      into.clear(slot);
    } else {
      ColumnValues.write(found.getKey(), column.type(), into, slot);
    }
  }

  @Override
  public int size() {
    return low.size() + high.size();
  }

  @Override
  public void write(StateOutput output) {
    write(low, output);
    write(high, output);
  }

  @Override
  void read(StateInput input) {
    lowCount = read(low, input);
    count = lowCount + read(high, input);
  }

  private void write(Map<Comparable<Object>, Long> values, StateOutput output) {
    output.writeUnsigned(values.size());
    values.forEach(
        (value, times) -> {
          ColumnValues.write(value, column.type(), output);
          output.writeUnsigned(times);
        });
  }

  private long read(Map<Comparable<Object>, Long> values, StateInput input) {
    long sum = 0;
    int size = input.readCount(2);
    for (int i = 0; i < size; i++) {
      Comparable<Object> value = ColumnValues.read(column.type(), input);
      long times = input.readUnsigned();
      values.put(value, times);
      sum += times;
    }
    return sum;
  }
}
