package io.vigia.core.event;

import java.math.BigDecimal;

/**
 * A decimal in one 64-bit word: 56 bits of unscaled value, 8 of scale.
 *
 * <p><b>Units and bounds.</b> Up to 16 digits and 127 places, which is nearly every amount there
 * is; {@link #WIDE} stands for those that need more. What is computed is exact, or {@link #WIDE}:
 * the caller then takes the {@link BigDecimal}s.
 */
public final class PackedDecimal {
  /** In place of a decimal that does not fit. */
  public static final long WIDE = Long.MIN_VALUE;

  /** What {@link #order} answers where one of the two is {@link #WIDE}. */
  public static final int UNKNOWN = 2;

  private static final int DIGITS_MAX = 16;
  private static final long UNSCALED_MAX = (1L << 55) - 1;

  /** The powers of ten that a long holds. */
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private PackedDecimal() {}

  /** A decimal packed, or {@link #WIDE}. */
  public static long of(BigDecimal decimal) {
    int scale = decimal.scale();
    if (decimal.precision() > DIGITS_MAX || scale < 0 || scale > Byte.MAX_VALUE) {
      return WIDE;
    }
    return decimal.scaleByPowerOfTen(scale).longValue() << Byte.SIZE | scale;
  }

  /** An unscaled value of a scale, or {@link #WIDE}. */
  public static long of(long unscaled, int scale) {
    return unscaled > UNSCALED_MAX || unscaled < -UNSCALED_MAX || scale > Byte.MAX_VALUE
        ? WIDE
        : unscaled << Byte.SIZE | scale;
  }

  /** A whole number, or {@link #WIDE}. */
  public static long of(long whole) {
    return of(whole, 0);
  }

  public static long unscaled(long packed) {
    return packed >> Byte.SIZE;
  }

  public static int scale(long packed) {
    return (byte) packed;
  }

  /** The decimal, with the scale that it had. */
  public static BigDecimal toDecimal(long packed) {
    return BigDecimal.valueOf(unscaled(packed), scale(packed));
  }

  /** The nearest double, or one beside it. */
  public static double about(long packed) {
    int scale = scale(packed);
    return scale < POWERS.length
        ? (double) unscaled(packed) / POWERS[scale]
        : unscaled(packed) / Math.pow(10, scale);
  }

  /** The same number with as few places as it needs. */
  public static long shortest(long packed) {
    long unscaled = unscaled(packed);
    int scale = scale(packed);
    while (scale > 0 && unscaled % 10 == 0) {
      unscaled /= 10;
      scale--;
    }
    return unscaled << Byte.SIZE | scale;
  }

  /** The sign of the difference of two, or {@link #UNKNOWN}. */
  public static int order(long a, long b) {
    if (a == WIDE || b == WIDE) {
      return UNKNOWN;
    }
    int more = scale(b) - scale(a);
    if (more == 0) {
      return Long.compare(a, b);
    }
    return more > 0 ? orderScaled(a, b, more) : -orderScaled(b, a, -more);
  }

  /** The order of two of which the first has {@code more} places fewer. */
  private static int orderScaled(long a, long b, int more) {
    long few = unscaled(a);
    long many = unscaled(b);
    if (few == 0 || more >= POWERS.length) {
      return few == 0 ? -Long.signum(many) : Long.signum(few);
    }
    long power = POWERS[more];
    // What leaves 64 bits behind leaves the other number's 56 behind as well.
    return Math.multiplyHigh(few, power) == (few * power) >> 63
        ? Long.compare(few * power, many)
        : Long.signum(few);
  }

  public static long add(long a, long b) {
    if (a == WIDE || b == WIDE) {
      return WIDE;
    }
    int more = scale(b) - scale(a);
    if (more == 0) {
      return of(unscaled(a) + unscaled(b), scale(a));
    }
    return more > 0 ? addScaled(a, b, more) : addScaled(b, a, -more);
  }

  private static long addScaled(long a, long b, int more) {
    if (more >= POWERS.length || Math.abs(unscaled(a)) > UNSCALED_MAX / POWERS[more]) {
      return WIDE;
    }
    return of(unscaled(a) * POWERS[more] + unscaled(b), scale(b));
  }

  public static long subtract(long a, long b) {
    return add(a, negate(b));
  }

  public static long negate(long a) {
    return a == WIDE ? WIDE : of(-unscaled(a), scale(a));
  }

  public static long multiply(long a, long b) {
    if (a == WIDE || b == WIDE) {
      return WIDE;
    }
    long product = unscaled(a) * unscaled(b);
    return Math.multiplyHigh(unscaled(a), unscaled(b)) == product >> 63
        ? of(product, scale(a) + scale(b))
        : WIDE;
  }
}
