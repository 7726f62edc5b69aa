package io.vigia.core.state;

import io.vigia.core.event.FieldType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of up to {@value #CAPACITY} events of an {@link EventLog}, in columns.
 *
 * <p>Once {@code shared} it is read by a checkpoint as well and is never written to again.
 */
final class Segment {
  /** Large enough that a log of a million events is copied by 8,000 references. */
  static final int CAPACITY = 128;

  private static final int FIRST_CAPACITY = 4;

  long[] times;
  long @Nullable [] flags;
  final long[] @Nullable [] numbers;
  final @Nullable Object[] @Nullable [] objects;
  boolean shared;

  Segment(LogLayout layout) {
    this(layout, FIRST_CAPACITY);
  }

  private Segment(LogLayout layout, int capacity) {
    int columns = layout.columns().size();
    times = new long[capacity];
    flags = layout.hasFlags() ? new long[capacity] : null;
    numbers = new long[columns] @Nullable [];
    objects = new @Nullable Object[columns] @Nullable [];
    for (int c = 0; c < columns; c++) {
      if (isWord(layout.columns().get(c))) {
        numbers[c] = new long[capacity];
      } else {
        objects[c] = new @Nullable Object[capacity];
      }
    }
  }

  /** Whether a value is kept as one word; a decimal that does not fit into one is kept beside. */
  static boolean isWord(FieldType type) {
    return type.isNumber() || type == FieldType.DECIMAL;
  }

  /** Where the decimals of a column are that fit into no word. */
  @Nullable Object[] wide(int column) {
    @Nullable Object[] known = objects[column];
    if (known == null) {
      known = new @Nullable Object[times.length];
      objects[column] = known;
    }
    return known;
  }

  /** A private copy with room for at least {@code capacity} events. */
  Segment copy(LogLayout layout, int capacity) {
    Segment copy = new Segment(layout, 0);
    int length = Math.max(capacity, times.length);
    copy.times = Arrays.copyOf(times, length);
    long[] ownFlags = flags;
    copy.flags = ownFlags == null ? null : Arrays.copyOf(ownFlags, length);
    for (int c = 0; c < numbers.length; c++) {
      long[] numberColumn = numbers[c];
      @Nullable Object[] objectColumn = objects[c];
      if (numberColumn != null) {
        copy.numbers[c] = Arrays.copyOf(numberColumn, length);
      }
      if (objectColumn != null) {
        copy.objects[c] = Arrays.copyOf(objectColumn, length);
      }
    }
    return copy;
  }

  /** Moves the events from {@code from} up to {@code to} one place to the right. */
  void shiftRight(int from, int to) {
    int length = to - from;
    System.arraycopy(times, from, times, from + 1, length);
    if (flags != null) {
      System.arraycopy(flags, from, flags, from + 1, length);
    }
    for (int c = 0; c < numbers.length; c++) {
      long[] numberColumn = numbers[c];
      if (numberColumn != null) {
        System.arraycopy(numberColumn, from, numberColumn, from + 1, length);
      }
      @Nullable Object[] objectColumn = objects[c];
      if (objectColumn != null) {
        System.arraycopy(objectColumn, from, objectColumn, from + 1, length);
      }
    }
  }

  /** Takes over one event of another segment. */
  void take(int to, Segment source, int from) {
    times[to] = source.times[from];
    if (flags != null && source.flags != null) {
      flags[to] = source.flags[from];
    }
    for (int c = 0; c < numbers.length; c++) {
      long[] numberColumn = numbers[c];
      long[] sourceNumbers = source.numbers[c];
      if (numberColumn != null && sourceNumbers != null) {
        numberColumn[to] = sourceNumbers[from];
      }
      @Nullable Object[] sourceObjects = source.objects[c];
      if (sourceObjects != null) {
        wide(c)[to] = sourceObjects[from];
      }
    }
  }
}
