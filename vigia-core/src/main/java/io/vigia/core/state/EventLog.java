package io.vigia.core.state;

import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import java.util.ArrayList;
import java.util.Collections;
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
   *
   * On disk the open segment is part of the key's head and every full one a part of its own, named by the index of
   * its first row. A full one that is not here is read when it is needed; those that differ from the disk are always
   * the last ones, since a late event moves everything behind it.
   */
  private static final int TIME = 0;
  private static final int FLAGS = 1;

  private final LogLayout layout;
  private final int stride;
  private List<@Nullable Segment> full = List.of();
  private Segment open;

  /** Those of the open segment, which nearly all that is read lies in. */
  private long[] words;

  /** The index of the first row of the open segment. */
  private long openFrom;

  private long first;
  private long end;

  /** Where full segments lie; null where all is in memory. */
  private @Nullable PartStore parts;

  private int space;

  /** How many full segments, the last ones, are not on disk as they are here. */
  private int unsaved;

  /** How many full segments are here. */
  private int loaded;

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
    return firstAfterWithin(first, timeMs, end);
  }

  private long firstAfterWithin(long from, long timeMs, long to) {
    long low = from;
    long high = to;
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
   * The first index from {@code from} on, and before {@code to}, with a time after {@code timeMs};
   * {@code to} if there is none. O(log of the distance), so that what is far away is not looked at
   * one by one.
   */
  public long firstAfter(long from, long timeMs, long to) {
    long low = from;
    for (long step = 1; low < to && time(low) <= timeMs; step *= 2) {
      if (to - low <= step || time(low + step) > timeMs) {
        return firstAfterWithin(low + 1, timeMs, Math.min(to, low + step));
      }
      low += step;
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
    place(index, timeMs, flags);
    return index;
  }

  /** Sets the time and the flags of a row for which there is room. */
  void place(long index, long timeMs, long flags) {
    setWord(index, TIME, timeMs);
    if (layout.hasFlags()) {
      setWord(index, FLAGS, flags);
    }
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

  /** Sets a numeric column of an event that was just inserted. */
  public void setNumber(long index, int column, long value) {
    setWord(index, layout.word(column), value);
  }

  /** Sets a string, or a decimal too wide to be packed. */
  void setObject(long index, int column, @Nullable Object value) {
    segment(index).setObject(row(index), layout.object(column), value);
  }

  /** Forgets all events before {@code index}. */
  public void dropBefore(long index) {
    first = Math.max(first, Math.min(index, end));
    while (!full.isEmpty() && first >= openFrom - (long) (full.size() - 1) * Segment.CAPACITY) {
      long from = openFrom - (long) full.size() * Segment.CAPACITY;
      loaded -= full.remove(0) == null ? 0 : 1;
      if (parts != null) {
        parts.remove(PartId.numbered(space, from));
      }
    }
    unsaved = Math.min(unsaved, full.size());
  }

  /** A log with the same events that can be changed without changing this one. */
  public EventLog copy() {
    EventLog copy = new EventLog(layout, open.copy());
    for (Segment segment : full) {
      // There is no copy of a state on disk.
      Objects.requireNonNull(segment).share();
    }
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
    return back < 0 ? open : full(full.size() - 1 - (int) (back >>> Segment.SHIFT));
  }

  private Segment full(int position) {
    Segment segment = full.get(position);
    return segment == null ? load(position) : segment;
  }

  private int row(long index) {
    long row = index - openFrom;
    return row >= 0 ? (int) row : (int) (row & Segment.MASK);
  }

  /** Makes sure that the open segment has a row for {@code end}. */
  private void makeRoom() {
    int used = (int) (end - openFrom);
    // Asked of the words at hand, since the segment itself would be one more line of memory.
    if ((used + 1) * stride <= words.length) {
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
      unsaved++;
      loaded++;
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
    Segment segment = full(position);
    unsaved = Math.max(unsaved, full.size() - position);
    if (segment.isShared()) {
      segment = segment.copy();
      full.set(position, segment);
    }
    return segment;
  }

  /** Writes the events that are kept; {@link #read(LogLayout, StateInput)} reads them back. */
  public void write(StateOutput output) {
    output.writeUnsigned(end - first);
    LogRows.write(this, first, end, output);
  }

  /** Reads what {@link #write} wrote; indices start at 0 again. */
  public static EventLog read(LogLayout layout, StateInput input) {
    EventLog log = new EventLog(layout);
    log.append(input, input.readCount(1));
    return log;
  }

  private void append(StateInput input, int count) {
    long from = end;
    for (int i = 0; i < count; i++) {
      makeRoom();
      end++;
    }
    LogRows.read(this, from, count, input);
  }

  /** Keeps full segments in {@code store} from now on, once they are {@linkplain #save saved}. */
  void keepIn(PartStore store, int inSpace) {
    parts = store;
    space = inSpace;
    unsaved = full.size();
    loaded = full.size();
  }

  boolean isSegmented() {
    return !full.isEmpty();
  }

  /** How many full segments are in memory. */
  int loaded() {
    return loaded;
  }

  /** About how many bytes it takes in memory. */
  long heapBytes() {
    long rows = open.rows() + (long) loaded * Segment.CAPACITY;
    return rows * layout.rowBytes() + (long) full.size() * Integer.BYTES;
  }

  /** Writes the full segments that have changed. */
  void save(StateOutput scratch) {
    for (; unsaved > 0; unsaved--) {
      long from = fromOf(full.size() - unsaved);
      scratch.reset();
      LogRows.write(this, from, from + Segment.CAPACITY, scratch);
      Objects.requireNonNull(parts).write(PartId.numbered(space, from), scratch.toByteArray());
    }
  }

  /** Lets go of the full segments that are saved. */
  void release() {
    for (int position = 0; position < full.size() - unsaved; position++) {
      full.set(position, null);
    }
    loaded = unsaved;
  }

  private Segment load(int position) {
    long from = fromOf(position);
    byte[] bytes = Objects.requireNonNull(parts).read(PartId.numbered(space, from));
    if (bytes == null) {
      throw new IllegalStateException("damaged state: found no segment " + from);
    }
    Segment segment = new Segment(layout);
    segment.grow(Segment.CAPACITY);
    full.set(position, segment);
    loaded++;
    StateInput input = new StateInput(bytes);
    LogRows.read(this, from, Segment.CAPACITY, input);
    input.end();
    return segment;
  }

  private long fromOf(int position) {
    return openFrom - (long) (full.size() - position) * Segment.CAPACITY;
  }

  /** Writes what is not in a full segment. */
  void writeHead(StateOutput head) {
    long begin = Math.max(first, openFrom);
    head.writeUnsigned(first);
    head.writeUnsigned(full.size());
    head.writeUnsigned(begin - first);
    head.writeUnsigned(end - begin);
    LogRows.write(this, begin, end, head);
  }

  /** Reads what {@link #writeHead} wrote; every event keeps its index. */
  static EventLog open(LogLayout layout, StateInput head, PartStore parts, int space) {
    EventLog log = new EventLog(layout);
    log.parts = parts;
    log.space = space;
    log.first = head.readUnsigned();
    int segments = head.readCount();
    long before = head.readUnsigned();
    if (log.first >>> 62 != 0 || segments != (before + Segment.MASK) >>> Segment.SHIFT) {
      throw new IllegalStateException(
          "damaged state: found " + segments + " segments for " + before + " events");
    }
    log.openFrom = log.first + before;
    log.end = log.openFrom;
    int rows = head.readCount(1);
    if (rows > Segment.CAPACITY) {
      throw new IllegalStateException("damaged state: found " + rows + " events in a head");
    }
    log.append(head, rows);
    if (segments > 0) {
      log.full = new ArrayList<>(Collections.nCopies(segments, null));
    }
    return log;
  }
}
