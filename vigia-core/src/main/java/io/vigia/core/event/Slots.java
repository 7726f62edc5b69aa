package io.vigia.core.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of typed values, each present or missing: the fields of an event, the features of
 * a row.
 *
 * <p><b>Shape.</b> Numbers (int, double bits, bool, epoch milliseconds) and objects (string,
 * decimal) lie in two arrays under one index, so that reading a number allocates nothing. Which of
 * the two a slot uses is known from its {@link FieldType}; asking for the wrong one is a
 * programmer's mistake that is not checked.
 *
 * <p><b>Units and bounds.</b> O(1) everywhere. Owned by one thread at a time.
 */
public final class Slots {
  private final long[] numbers;
  private final @Nullable Object[] objects;
  private final long[] present;

  /** All slots missing. */
  public Slots(int size) {
    this.numbers = new long[size];
    this.objects = new @Nullable Object[size];
    this.present = new long[(size + 63) >>> 6];
  }

  public int size() {
    return numbers.length;
  }

  public boolean has(int slot) {
    return (present[slot >>> 6] & 1L << slot) != 0;
  }

  /** An int, a bool as 0 or 1, or epoch milliseconds. */
  public long number(int slot) {
    return numbers[slot];
  }

  /** A double. */
  public double real(int slot) {
    return Double.longBitsToDouble(numbers[slot]);
  }

  /** A string or decimal; null only where {@link #has} is false. */
  public @Nullable Object object(int slot) {
    return objects[slot];
  }

  /** Sets an int, a bool as 0 or 1, or epoch milliseconds. */
  public void setNumber(int slot, long value) {
    numbers[slot] = value;
    mark(slot);
  }

  /** Sets a double. */
  public void setReal(int slot, double value) {
    // One zero and one bit pattern for it, so that equal values are equal bits.
    setNumber(slot, Double.doubleToLongBits(value == 0.0 ? 0.0 : value));
  }

  /** Sets a string or decimal. */
  public void setObject(int slot, Object value) {
    objects[slot] = value;
    mark(slot);
  }

  /** Makes a slot missing. */
  public void clear(int slot) {
    objects[slot] = null;
    present[slot >>> 6] &= ~(1L << slot);
  }

  /** Takes over one value, present or missing. */
  public void copyFrom(Slots other, int from, int to) {
    if (other.has(from)) {
      numbers[to] = other.numbers[from];
      objects[to] = other.objects[from];
      mark(to);
    } else {
      clear(to);
    }
  }

  private void mark(int slot) {
    present[slot >>> 6] |= 1L << slot;
  }

  /**
   * The value as an object: {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link
   * java.time.Instant} or {@link BigDecimal}; null when missing. Allocates; not for the hot path.
   */
  public @Nullable Object boxed(int slot, FieldType type) {
    if (!has(slot)) {
      return null;
    }
    return switch (type) {
      case STRING, DECIMAL -> objects[slot];
      case INT -> numbers[slot];
      case DOUBLE -> real(slot);
      case BOOL -> numbers[slot] != 0;
      case TIMESTAMP -> java.time.Instant.ofEpochMilli(numbers[slot]);
    };
  }
}
