package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.Variable.Part;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent values of a window, how often each is there, and its share of all.
 *
 * <p><b>Shape.</b> Three slots for each place: value, count, share. Of equally frequent values the
 * smaller one comes first.
 *
 * <p><b>Units and bounds.</b> O(log n) an event, O(places) a reading; memory for each different
 * value in the window.
 */
final class Top extends Accumulator {
  private static final int PARTS = 3;

  private final Column column;
  private final int places;
  private final Map<Comparable<Object>, Entry> entries = new HashMap<>();
  private final TreeSet<Entry> ordered = new TreeSet<>();
  private long count;

  Top(Column column, int places) {
    this.column = column;
    this.places = places;
  }

  /** A value and how often it is there; out of the order while that changes. */
  private static final class Entry implements Comparable<Entry> {
    final Comparable<Object> value;
    long times;

    Entry(Comparable<Object> value) {
      this.value = value;
    }

    @Override
    public int compareTo(Entry other) {
      int byTimes = Long.compare(other.times, times);
      return byTimes != 0 ? byTimes : value.compareTo(other.value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry && compareTo(entry) == 0;
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  @Override
  void add(EventLog log, long index) {
    change(log, index, 1);
  }

  @Override
  void remove(EventLog log, long index) {
    change(log, index, -1);
  }

  private void change(EventLog log, long index, int sign) {
    if (!column.takes(log, index)) {
      return;
    }
    Comparable<Object> value = ColumnValues.key(log, index, column);
    Entry entry = entries.computeIfAbsent(value, Entry::new);
    ordered.remove(entry);
    entry.times += sign;
    count += sign;
    if (entry.times == 0) {
      entries.remove(value);
    } else {
      ordered.add(entry);
    }
  }

  @Override
  void read(EventLog log, long start, long end, Slots into, int slot) {
    int place = 0;
    for (Entry entry : ordered) {
      if (place == places) {
        break;
      }
      int at = slot + place * PARTS;
      ColumnValues.write(entry.value, column.type(), into, at);
      into.setNumber(at + 1, entry.times);
      into.setReal(at + 2, (double) entry.times / count);
      place++;
    }
    for (int at = slot + place * PARTS; at < slot + places * PARTS; at++) {
      into.clear(at);
    }
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public void write(StateOutput output) {
    output.writeUnsigned(entries.size());
    for (Entry entry : ordered) {
      ColumnValues.write(entry.value, column.type(), output);
      output.writeUnsigned(entry.times);
    }
  }

  @Override
  void read(StateInput input) {
    int size = input.readCount(2);
    for (int i = 0; i < size; i++) {
      Entry entry = new Entry(ColumnValues.read(column.type(), input));
      entry.times = input.readUnsigned();
      count += entry.times;
      entries.put(entry.value, entry);
      ordered.add(entry);
    }
  }

  /** Three parts for each place: {@code value}, {@code count}, {@code share}, {@code value_2}. */
  static List<Part> parts(FieldType of, int places) {
    List<Part> parts = new ArrayList<>();
    for (int place = 1; place <= places; place++) {
      String suffix = place == 1 ? "" : "_" + place;
      parts.add(new Part("value" + suffix, of));
      parts.add(new Part("count" + suffix, FieldType.INT));
      parts.add(new Part("share" + suffix, FieldType.DOUBLE));
    }
    return parts;
  }
}
