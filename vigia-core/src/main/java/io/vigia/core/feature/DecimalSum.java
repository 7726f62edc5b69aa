package io.vigia.core.feature;

import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact sum of decimals, and how many there are of each scale, in three words.
 *
 * <p><b>Shape.</b> The sum has as many places as the value with the most of them, as adding them up
 * one by one would give; so values are counted by their scale.
 *
 * <p><b>Units and bounds.</b> Up to three places, and sums of 62 bits; what goes beyond is told and
 * changes nothing. At most 2³¹ values of a scale.
 */
final class DecimalSum {
  static final int WORDS = 3;
  static final int SCALES = 4;

  /** Places that a mean has more than the sum. */
  static final int MORE_PLACES = 6;

  private static final int FEW = 1;
  private static final int MANY = 2;
  private static final long MORE_UNITS = 1_000_000;
  private static final long SUM_MAX = Long.MAX_VALUE / 2;
  private static final int HALF = 32;
  private static final long[] POWERS = {1, 10, 100, 1_000};

  private DecimalSum() {}

  /**
   * Adds a value once, or takes it away once.
   *
   * @return false if that does not fit
   */
  static boolean change(long[] words, int at, long packed, int sign) {
    int own = PackedDecimal.scale(packed);
    if (packed == PackedDecimal.WIDE || own >= SCALES) {
      return false;
    }
    int places = places(words, at);
    long sum = words[at];
    long value = PackedDecimal.unscaled(packed);
    if (own < places) {
      if (!canGrow(value, places - own)) {
        return false;
      }
      value *= POWERS[places - own];
    } else if (own > places) {
      if (!canGrow(sum, own - places)) {
        return false;
      }
      sum *= POWERS[own - places];
      places = own;
    }
    sum += sign > 0 ? value : -value;
    if (sum > SUM_MAX || sum < -SUM_MAX) {
      return false;
    }
    words[at + FEW + (own >>> 1)] += (long) sign << ((own & 1) == 0 ? 0 : HALF);
    // What had the most places may have left; then the sum has no more than the others either.
    int gone = sign > 0 ? 0 : places - places(words, at);
    words[at] = gone == 0 ? sum : sum / POWERS[gone];
    return true;
  }

  private static boolean canGrow(long value, int places) {
    return Math.abs(value) <= SUM_MAX / POWERS[places];
  }

  /** The most places that a value has. */
  static int places(long[] words, int at) {
    long many = words[at + MANY];
    if (many != 0) {
      return many >>> HALF != 0 ? 3 : 2;
    }
    return words[at + FEW] >>> HALF != 0 ? 1 : 0;
  }

  static long count(long[] words, int at) {
    long few = words[at + FEW];
    long many = words[at + MANY];
    return (few >>> HALF) + (int) few + (many >>> HALF) + (int) many;
  }

  /** How many values have so many places. */
  static int count(long[] words, int at, int scale) {
    return (int) (words[at + FEW + (scale >>> 1)] >>> ((scale & 1) == 0 ? 0 : HALF));
  }

  /** The sum without its point. */
  static long unscaled(long[] words, int at) {
    return words[at];
  }

  static void readSum(long[] words, int at, Slots into, int slot) {
    write(words[at], places(words, at), into, slot);
  }

  /** Half-even; missing where there is nothing. */
  static void readMean(long[] words, int at, Slots into, int slot) {
    long count = count(words, at);
    if (count == 0) {
      into.clear(slot);
    } else {
      writeMean(words[at], places(words, at), count, into, slot);
    }
  }

  /** The mean of {@code count} values, half-even, from their sum and its places. */
  static void writeMean(long unscaled, int places, long count, Slots into, int slot) {
    int scale = places + MORE_PLACES;
    if (Math.abs(unscaled) <= Long.MAX_VALUE / MORE_UNITS) {
      write(halfEven(unscaled * MORE_UNITS, count), scale, into, slot);
    } else {
      into.setDecimal(
          slot,
          BigDecimal.valueOf(unscaled, places)
              .divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_EVEN));
    }
  }

  private static void write(long unscaled, int scale, Slots into, int slot) {
    long packed = PackedDecimal.of(unscaled, scale);
    if (packed == PackedDecimal.WIDE) {
      into.setDecimal(slot, BigDecimal.valueOf(unscaled, scale));
    } else {
      into.setPacked(slot, packed);
    }
  }

  private static long halfEven(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long rest = Math.abs(dividend - quotient * divisor);
    long more = rest - (divisor - rest);
    return more > 0 || (more == 0 && (quotient & 1) != 0)
        ? quotient + Long.signum(dividend)
        : quotient;
  }
}
