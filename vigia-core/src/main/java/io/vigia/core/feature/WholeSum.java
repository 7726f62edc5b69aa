package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import java.math.BigInteger;

/**
 * An exact sum of ints, and how many there are, in three words.
 *
 * <p><b>Units and bounds.</b> 128 bits, which no number of ints exceeds.
 */
final class WholeSum {
  static final int WORDS = 3;
  private static final int LOW = 1;
  private static final int HIGH = 2;

  private WholeSum() {}

  /** Adds a value once, or takes it away once. */
  static void change(long[] words, int at, long value, int sign) {
    words[at] += sign;
    long before = words[at + LOW];
    if (sign > 0) {
      long low = before + value;
      words[at + LOW] = low;
      words[at + HIGH] += (value >> 63) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    } else {
      words[at + LOW] = before - value;
      words[at + HIGH] -= (value >> 63) + (Long.compareUnsigned(before, value) < 0 ? 1 : 0);
    }
  }

  /** Adds another sum, or takes it away again. */
  static void merge(long[] words, long[] other, int sign) {
    words[0] += sign * other[0];
    long before = words[LOW];
    if (sign > 0) {
      long low = before + other[LOW];
      words[LOW] = low;
      words[HIGH] += other[HIGH] + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    } else {
      words[LOW] = before - other[LOW];
      words[HIGH] -= other[HIGH] + (Long.compareUnsigned(before, other[LOW]) < 0 ? 1 : 0);
    }
  }

  /** A sum beyond 64 bits is missing rather than wrong. */
  static void readSum(long[] words, int at, Slots into, int slot) {
    if (fits(words, at)) {
      into.setNumber(slot, words[at + LOW]);
    } else {
      into.clear(slot);
    }
  }

  /** Missing where there is nothing. */
  static void readMean(long[] words, int at, Slots into, int slot) {
    if (words[at] == 0) {
      into.clear(slot);
    } else {
      into.setReal(slot, real(words, at) / words[at]);
    }
  }

  private static boolean fits(long[] words, int at) {
    return words[at + HIGH] == words[at + LOW] >> 63;
  }

  /** The sum as a double, rounded once. */
  static double real(long[] words, int at) {
    return fits(words, at)
        ? words[at + LOW]
        : BigInteger.valueOf(words[at + HIGH])
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(words[at + LOW])))
            .doubleValue();
  }
}
