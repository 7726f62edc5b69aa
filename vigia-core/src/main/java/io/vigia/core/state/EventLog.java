package io.vigia.core.state;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one key remembers of the events of one stream: in the order of (time, arrival), of which
 * every window of the key is a stretch.
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
 * end); finding by time O(log n). Memory: 8 bytes an event for the time, 8 for each number, 4 for
 * the reference of a text, 8 for flags where there are any. Owned by one thread at a time.
 */
public final class EventLog {
  /*
   * The newest events lie in the open segment; what has grown beyond it lies in full ones before it, each of
   * the same capacity, so that an index finds its segment by a shift back from the open one's begin. Most keys
   * have an open segment only, and as long as that is so, it closes up over what was dropped instead of
   * becoming full.
   *
   * A copy (which an engine takes of every key it touches after a checkpoint) shares all full segments and
   * marks them; the open one is copied. A late event that falls into a shared segment copies that segment first.
   */
  private static final int TIME = 0;
  private static final int FLAGS = 1;

  private final LogLayout layout;
  private final int stride;
  private List<Segment> full = List.of();
  private Segment open;

  /** Those of the open segment, which nearly all that is read lies in. */
  private long[] words;

  /** The index of the first row of the open segment. */
  private long openFrom;

  private long first;
  private long end;

  public EventLog(LogLayout layout) {
    this(layout, new Segment(layout));
  }

  private EventLog(LogLayout layout, Segment open) {
    this.layout = layout;
    this.stride = layout.stride();
    this.open = open;
    this.words = open.words();
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
    return word(index, TIME);
  }

  /**
   * Reads from where an event lies or will lie, so that its memory is on its way; what it returns
   * means nothing.
   */
  public long touch(long index) {
    long at = (index - openFrom) * stride;
    long[] rows = words;
    return at >= 0 && at < rows.length ? rows[(int) at] : at;
  }

  /** The flags of an event; all set where the layout needs none. */
  public long flags(long index) {
    return layout.hasFlags() ? word(index, FLAGS) : -1L;
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
    return word(index, layout.word(column));
  }

  public double real(long index, int column) {
    return Double.longBitsToDouble(number(index, column));
  }

  /** A string or decimal; only where {@link #has} is true. */
  public Object object(long index, int column) {
    if (layout.word(column) != LogLayout.NOWHERE) {
      long packed = number(index, column);
      if (packed != PackedDecimal.WIDE) {
        return PackedDecimal.toDecimal(packed);
      }
    }
    return Objects.requireNonNull(segment(index).object(row(index), layout.object(column)));
  }

  /** Copies a column's value, present or missing, into a slot. */
  public void read(long index, int column, Slots into, int slot) {
    if (!has(index, column)) {
      into.clear(slot);
      return;
    }
    switch (layout.columns().get(column)) {
      case STRING -> into.setObject(slot, object(index, column));
      case DECIMAL -> {
        long packed = number(index, column);
        if (packed == PackedDecimal.WIDE) {
          into.setObject(slot, object(index, column));
        } else {
          into.setPacked(slot, packed);
        }
      }
      case INT, DOUBLE, BOOL, TIMESTAMP -> into.setNumber(slot, number(index, column));
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
    makeRoom();
    if (index < end) {
      shiftUp(index);
    }
    end++;
    setWord(index, TIME, timeMs);
    if (layout.hasFlags()) {
      setWord(index, FLAGS, flags);
    }
    return index;
  }

  /** Adds to the flags of an event that was just inserted. */
  public void addFlags(long index, long flags) {
    if (flags != 0) {
      setWord(index, FLAGS, word(index, FLAGS) | flags);
    }
  }

  /** Sets a column of an event that was just inserted from a slot that is present. */
  public void set(long index, int column, Slots values, int slot) {
    switch (layout.columns().get(column)) {
      case STRING -> setObject(index, column, values.object(slot));
      case DECIMAL -> {
        setNumber(index, column, values.number(slot));
        if (values.number(slot) == PackedDecimal.WIDE) {
          setObject(index, column, values.held(slot));
        }
      }
      case INT, DOUBLE, BOOL, TIMESTAMP -> setNumber(index, column, values.number(slot));
    }
  }

  private void setDecimal(long index, int column, BigDecimal decimal) {
    long packed = PackedDecimal.of(decimal);
    setNumber(index, column, packed);
    if (packed == PackedDecimal.WIDE) {
      setObject(index, column, decimal);
    }
  }

  /** Sets a numeric column of an event that was just inserted. */
  public void setNumber(long index, int column, long value) {
    setWord(index, layout.word(column), value);
  }

  private void setObject(long index, int column, @Nullable Object value) {
    segment(index).setObject(row(index), layout.object(column), value);
  }

  /** Forgets all events before {@code index}. */
  public void dropBefore(long index) {
    first = Math.max(first, Math.min(index, end));
    while (!full.isEmpty() && first >= openFrom - (long) (full.size() - 1) * Segment.CAPACITY) {
      full.remove(0);
    }
  }

  /** A log with the same events that can be changed without changing this one. */
  public EventLog copy() {
    EventLog copy = new EventLog(layout, open.copy());
    full.forEach(Segment::share);
    copy.full = full.isEmpty() ? List.of() : new ArrayList<>(full);
    copy.openFrom = openFrom;
    copy.first = first;
    copy.end = end;
    return copy;
  }

  private long word(long index, int place) {
    long row = index - openFrom;
    return row >= 0 ? words[(int) row * stride + place] : segment(index).word(row(index), place);
  }

  private void setWord(long index, int place, long word) {
    long row = index - openFrom;
    if (row >= 0) {
      words[(int) row * stride + place] = word;
    } else {
      segment(index).setWord(row(index), place, word);
    }
  }

  private Segment segment(long index) {
    long back = openFrom - 1 - index;
    return back < 0 ? open : full.get(full.size() - 1 - (int) (back >>> Segment.SHIFT));
  }

  private int row(long index) {
    long row = index - openFrom;
    return row >= 0 ? (int) row : (int) (row & Segment.MASK);
  }

  /** Makes sure that the open segment has a row for {@code end}. */
  private void makeRoom() {
    int used = (int) (end - openFrom);
    if (used < open.rows()) {
      return;
    }
    int dead = full.isEmpty() ? (int) (first - openFrom) : 0;
    if (dead > 0 && dead >= used / 2) {
      open.move(dead, used, 0);
      open.forget(used - dead, used);
      openFrom = first;
    } else if (used < Segment.CAPACITY) {
      open.grow(Math.min(Segment.CAPACITY, 2 * used));
    } else {
      if (full.isEmpty()) {
        full = new ArrayList<>();
      }
      full.add(open);
      open = new Segment(layout);
      openFrom = end;
    }
    words = open.words();
  }

  /** Moves the events from {@code index} on one place up; the place at {@code end} exists. */
  private void shiftUp(long index) {
    open.move(
        (int) Math.max(0, index - openFrom),
        (int) (end - openFrom),
        (int) Math.max(0, index - openFrom) + 1);
    Segment behind = open;
    for (long from = openFrom - Segment.CAPACITY;
        index < from + Segment.CAPACITY;
        from -= Segment.CAPACITY) {
      Segment segment = own(from);
      behind.take(0, segment, Segment.MASK);
      int row = (int) Math.max(0, index - from);
      segment.move(row, Segment.MASK, row + 1);
      behind = segment;
    }
  }

  /** The full segment that begins at an index, copied first where it is shared. */
  private Segment own(long from) {
    int position = full.size() - (int) ((openFrom - from) >>> Segment.SHIFT);
    Segment segment = full.get(position);
    if (segment.isShared()) {
      segment = segment.copy();
      full.set(position, segment);
    }
    return segment;
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
      for (int column = 0; column < layout.columns().size(); column++) {
        if ((flags & LogLayout.columnFlag(column)) != 0) {
          log.readValue(input, index, column);
        }
      }
    }
    return log;
  }

  private void readValue(StateInput input, long index, int column) {
    switch (layout.columns().get(column)) {
      case STRING -> setObject(index, column, input.readText());
      case DECIMAL -> setDecimal(index, column, input.readDecimal());
      case DOUBLE -> setNumber(index, column, input.readFixed());
      case INT, BOOL, TIMESTAMP -> setNumber(index, column, input.readSigned());
    }
  }
}
