package io.vigia.core.state;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one key remembers of the events of one stream: a ring in the order of (time, arrival), of
 * which every window of the key is a stretch.
 *
 * <p><b>Shape.</b> Events have indices that grow by one; {@code [first(), end())} are kept.
 * Dropping old events never changes an index; inserting a late event moves the indices behind it up
 * by one.
 *
 * <pre>
 * add 10:00, 10:05 → indices 0, 1
 * add 10:02        → index 1; 10:05 is now 2
 * drop before 1    → first() = 1
 * </pre>
 *
 * <p><b>Units and bounds.</b> Appending, reading and dropping O(1); inserting O(distance to the
 * end); finding by time O(log n). Memory: 8 bytes an event for the time, 8 for each column, 8 for
 * flags where there are any. Owned by one thread at a time.
 */
public final class EventLog {
  /*
   * The log is a list of segments of equal capacity, aligned to multiples of it, so that an index finds its
   * segment by a shift. A copy (which an engine takes of every key it touches after a checkpoint) shares all
   * full segments and marks them; the open one is copied. A late event that falls into a shared segment
   * copies that segment first.
   */
  private static final int SHIFT = Integer.numberOfTrailingZeros(Segment.CAPACITY);
  private static final int MASK = Segment.CAPACITY - 1;

  private final LogLayout layout;
  private final List<Segment> segments;
  private long firstSegment;
  private long first;
  private long end;

  public EventLog(LogLayout layout) {
    this(layout, new ArrayList<>(1));
  }

  private EventLog(LogLayout layout, List<Segment> segments) {
    this.layout = layout;
    this.segments = segments;
  }

  public LogLayout layout() {
    return layout;
  }

  /** The index of the oldest event kept. */
  public long first() {
    return first;
  }

  /** One more than the index of the newest event. */
  public long end() {
    return end;
  }

  public boolean isEmpty() {
    return first == end;
  }

  public long time(long index) {
    return segment(index).times[offset(index)];
  }

  /** The flags of an event; all set where the layout needs none. */
  public long flags(long index) {
    long[] flags = segment(index).flags;
    return flags == null ? -1L : flags[offset(index)];
  }

  /** Whether a column's value is there. */
  public boolean has(long index, int column) {
    return (flags(index) & LogLayout.columnFlag(column)) != 0;
  }

  /**
   * An int, a bool, epoch milliseconds, the bits of a double, or a {@link PackedDecimal}; only
   * where {@link #has} is true.
   */
  public long number(long index, int column) {
    return Objects.requireNonNull(segment(index).numbers[column])[offset(index)];
  }

  public double real(long index, int column) {
    return Double.longBitsToDouble(number(index, column));
  }

  /** A string or decimal; only where {@link #has} is true. */
  public Object object(long index, int column) {
    if (layout.columns().get(column) == FieldType.DECIMAL) {
      long packed = number(index, column);
      if (packed != PackedDecimal.WIDE) {
        return PackedDecimal.toDecimal(packed);
      }
    }
    return Objects.requireNonNull(
        Objects.requireNonNull(segment(index).objects[column])[offset(index)]);
  }

  /** Copies a column's value, present or missing, into a slot. */
  public void read(long index, int column, Slots into, int slot) {
    if (!has(index, column)) {
      into.clear(slot);
    } else if (layout.columns().get(column).isNumber()) {
      into.setNumber(slot, number(index, column));
    } else {
      into.setObject(slot, object(index, column));
    }
  }

  /**
   * The index of the first event with a time after {@code timeMs}; {@link #end()} if there is none.
   */
  public long firstAfter(long timeMs) {
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (time(middle) <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Makes room for an event behind all that are not later, and returns its index. The caller then
   * sets each column by {@link #set}.
   */
  public long insert(long timeMs, long flags) {
    long index = isEmpty() || time(end - 1) <= timeMs ? end : firstAfter(timeMs);
    openEnd();
    if (index < end) {
      shiftUp(index);
    }
    end++;
    Segment segment = segment(index);
    segment.times[offset(index)] = timeMs;
    if (segment.flags != null) {
      segment.flags[offset(index)] = flags;
    }
    return index;
  }

  /** Sets a column of an event that was just inserted from a slot that is present. */
  public void set(long index, int column, Slots values, int slot) {
    Segment segment = segment(index);
    long[] numbers = segment.numbers[column];
    if (numbers == null) {
      Objects.requireNonNull(segment.objects[column])[offset(index)] = values.object(slot);
    } else if (layout.columns().get(column) != FieldType.DECIMAL) {
      numbers[offset(index)] = values.number(slot);
    } else if (values.object(slot) instanceof BigDecimal decimal) {
      setDecimal(segment, column, offset(index), decimal);
    }
  }

  private static void setDecimal(Segment segment, int column, int offset, BigDecimal decimal) {
    long packed = PackedDecimal.of(decimal);
    Objects.requireNonNull(segment.numbers[column])[offset] = packed;
    if (packed == PackedDecimal.WIDE) {
      segment.wide(column)[offset] = decimal;
    }
  }

  /** Sets a numeric column of an event that was just inserted. */
  public void setNumber(long index, int column, long value) {
    Objects.requireNonNull(segment(index).numbers[column])[offset(index)] = value;
  }

  /** Forgets all events before {@code index}. */
  public void dropBefore(long index) {
    first = Math.max(first, Math.min(index, end));
    int dead = (int) ((first >>> SHIFT) - firstSegment);
    if (dead > 0) {
      segments.subList(0, Math.min(dead, segments.size())).clear();
      firstSegment += dead;
    }
  }

  /** A log with the same events that can be changed without changing this one. */
  public EventLog copy() {
    List<Segment> shared = new ArrayList<>(segments.size());
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (i == segments.size() - 1) {
        shared.add(segment.copy(layout, segment.times.length));
      } else {
        segment.shared = true;
        shared.add(segment);
      }
    }
    EventLog copy = new EventLog(layout, shared);
    copy.firstSegment = firstSegment;
    copy.first = first;
    copy.end = end;
    return copy;
  }

  private Segment segment(long index) {
    return segments.get((int) ((index >>> SHIFT) - firstSegment));
  }

  private static int offset(long index) {
    return (int) index & MASK;
  }

  /** Makes sure that the place at {@code end} exists and can be written. */
  private void openEnd() {
    int position = (int) ((end >>> SHIFT) - firstSegment);
    int offset = offset(end);
    if (position == segments.size()) {
      segments.add(new Segment(layout));
    }
    Segment last = segments.get(position);
    if (offset >= last.times.length) {
      int grown = Math.min(Segment.CAPACITY, Math.max(offset + 1, last.times.length * 2));
      segments.set(position, last.copy(layout, grown));
    } else if (last.shared) {
      segments.set(position, last.copy(layout, last.times.length));
    }
  }

  /** Moves the events from {@code index} on one place up; the place at {@code end} exists. */
  private void shiftUp(long index) {
    long from = index;
    int firstAffected = (int) ((index >>> SHIFT) - firstSegment);
    int lastAffected = (int) ((end >>> SHIFT) - firstSegment);
    for (int i = lastAffected; i >= firstAffected; i--) {
      Segment segment = segments.get(i);
      if (segment.shared) {
        segment = segment.copy(layout, segment.times.length);
        segments.set(i, segment);
      }
      int low = i == firstAffected ? offset(from) : 0;
      int high = i == lastAffected ? offset(end) : MASK;
      segment.shiftRight(low, high);
      if (i > firstAffected) {
        segment.take(0, segments.get(i - 1), MASK);
      }
    }
  }

  /** Writes the events that are kept; {@link #read(LogLayout, StateInput)} reads them back. */
  public void write(StateOutput output) {
    output.writeUnsigned(end - first);
    long before = 0;
    for (long index = first; index < end; index++) {
      long time = time(index);
      output.writeSigned(time - before);
      before = time;
      if (layout.hasFlags()) {
        output.writeUnsigned(flags(index));
      }
      for (int column = 0; column < layout.columns().size(); column++) {
        if (has(index, column)) {
          writeValue(output, index, column);
        }
      }
    }
  }

  private void writeValue(StateOutput output, long index, int column) {
    FieldType type = layout.columns().get(column);
    switch (type) {
      case STRING -> output.writeText((String) object(index, column));
      case DECIMAL -> output.writeDecimal((BigDecimal) object(index, column));
      case DOUBLE -> output.writeFixed(number(index, column));
      case INT, BOOL, TIMESTAMP -> output.writeSigned(number(index, column));
    }
  }

  /** Reads what {@link #write} wrote; indices start at 0 again. */
  public static EventLog read(LogLayout layout, StateInput input) {
    EventLog log = new EventLog(layout);
    int count = input.readCount(1);
    long time = 0;
    for (int i = 0; i < count; i++) {
      long step = input.readSigned();
      if (i > 0 && step < 0) {
        throw new IllegalStateException("damaged state: found events out of order");
      }
      time += step;
      long flags = layout.hasFlags() ? input.readUnsigned() : -1L;
      long index = log.insert(time, flags);
      Segment segment = log.segment(index);
      for (int column = 0; column < layout.columns().size(); column++) {
        if ((flags & LogLayout.columnFlag(column)) != 0) {
          readValue(layout.columns().get(column), input, segment, column, offset(index));
        }
      }
    }
    return log;
  }

  private static void readValue(
      FieldType type, StateInput input, Segment segment, int column, int offset) {
    long[] numbers = segment.numbers[column];
    @Nullable Object[] objects = segment.objects[column];
    if (type == FieldType.DECIMAL) {
      setDecimal(segment, column, offset, input.readDecimal());
    } else if (numbers != null) {
      numbers[offset] = type == FieldType.DOUBLE ? input.readFixed() : input.readSigned();
    } else if (objects != null) {
      objects[offset] = input.readText();
    }
  }
}
