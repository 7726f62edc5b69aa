package io.vigia.core.event;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of typed values, each present or missing: the fields of an event, the features of
 * a row.
 *
 * <p><b>Shape.</b> Numbers (int, double bits, bool, epoch milliseconds, a {@link PackedDecimal})
 * and objects (string, a decimal too wide to be packed) lie in two arrays under one index, so that
 * reading a number allocates nothing. Which of them a slot uses is known from its {@link
 * FieldType}; asking for the wrong one is a programmer's mistake that is not checked.
 *
 * <p><b>Units and bounds.</b> O(1) everywhere. Owned by one thread at a time.
 */
public final class Slots {
  private static final int WORD = 64;
  private static final long[] NONE = new long[0];

  private final long[] numbers;

  /** As long as nothing needs one there are none. */
  private @Nullable Object @Nullable [] objects;

  /** Which of the first 64 slots are present, which are all that most have. */
  private long present;

  private final long[] further;

  /** All slots missing. */
  public Slots(int size) {
    this.numbers = new long[size];
    this.further = size <= WORD ? NONE : new long[(size - 1) / WORD];
  }

  public int size() {
    return numbers.length;
  }

  public boolean has(int slot) {
    long bits = slot < WORD ? present : further[slot / WORD - 1];
    return (bits & 1L << slot) != 0;
  }

  /** An int, a bool as 0 or 1, epoch milliseconds, or a {@link PackedDecimal}. */
  public long number(int slot) {
    return numbers[slot];
  }

  /** A double. */
  public double real(int slot) {
    return Double.longBitsToDouble(numbers[slot]);
  }

  /** A string or decimal; null only where {@link #has} is false. A packed decimal is unpacked. */
  public @Nullable Object object(int slot) {
    Object held = held(slot);
    return held != null || !has(slot) ? held : PackedDecimal.toDecimal(numbers[slot]);
  }

  /** A decimal that is there. */
  public BigDecimal decimal(int slot) {
    return held(slot) instanceof BigDecimal wide ? wide : PackedDecimal.toDecimal(numbers[slot]);
  }

  /** A decimal that is there, as the nearest double or one beside it. */
  public double about(int slot) {
    return held(slot) instanceof BigDecimal wide
        ? wide.doubleValue()
        : PackedDecimal.about(numbers[slot]);
  }

  /** What lies beside the number: a string, or a decimal too wide for one word; else null. */
  public @Nullable Object held(int slot) {
    @Nullable Object[] all = objects;
    return all == null ? null : all[slot];
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

  /** Sets a decimal. */
  public void setDecimal(int slot, BigDecimal value) {
    long packed = PackedDecimal.of(value);
    hold(slot, packed == PackedDecimal.WIDE ? value : null);
    setNumber(slot, packed);
  }

  /** Sets a decimal that fits into a word. */
  public void setPacked(int slot, long packed) {
    hold(slot, null);
    setNumber(slot, packed);
  }

  /** Sets a string or decimal. */
  public void setObject(int slot, Object value) {
    if (value instanceof BigDecimal decimal) {
      setDecimal(slot, decimal);
    } else {
      hold(slot, value);
      mark(slot);
    }
  }

  private void hold(int slot, @Nullable Object value) {
    @Nullable Object[] all = objects;
    if (all == null && value != null) {
      all = new @Nullable Object[numbers.length];
      objects = all;
    }
    if (all != null) {
      all[slot] = value;
    }
  }

  /** Makes a slot missing. */
  public void clear(int slot) {
    hold(slot, null);
    if (slot < WORD) {
      present &= ~(1L << slot);
    } else {
      further[slot / WORD - 1] &= ~(1L << slot);
    }
  }

  /** Takes over one value, present or missing. */
  public void copyFrom(Slots other, int from, int to) {
    if (other.has(from)) {
      numbers[to] = other.numbers[from];
      hold(to, other.held(from));
      mark(to);
    } else {
      clear(to);
    }
  }

  private void mark(int slot) {
    if (slot < WORD) {
      present |= 1L << slot;
    } else {
      further[slot / WORD - 1] |= 1L << slot;
    }
  }

  /**
   * The value as an object: {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link
   * Instant} or {@link BigDecimal}; null when missing. Allocates; not for the hot path.
   */
  public @Nullable Object boxed(int slot, FieldType type) {
    if (!has(slot)) {
      return null;
    }
    return switch (type) {
      case STRING -> held(slot);
      case DECIMAL -> decimal(slot);
      case INT -> numbers[slot];
      case DOUBLE -> real(slot);
      case BOOL -> numbers[slot] != 0;
      case TIMESTAMP -> Instant.ofEpochMilli(numbers[slot]);
    };
  }
}
