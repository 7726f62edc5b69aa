package io.vigia.core.state;

import java.math.BigDecimal;

/**
 * A decimal in one 64-bit word: 56 bits of unscaled value, 8 of scale.
 *
 * <p><b>Units and bounds.</b> Up to 16 digits and 127 places, which is nearly every amount there
 * is; {@link #WIDE} stands for those that need more.
 */
public final class PackedDecimal {
  /** In place of a decimal that does not fit. */
  public static final long WIDE = Long.MIN_VALUE;

  private static final int DIGITS_MAX = 16;

  private PackedDecimal() {}

  /** A decimal packed, or {@link #WIDE}. */
  public static long of(BigDecimal decimal) {
    int scale = decimal.scale();
    if (decimal.precision() > DIGITS_MAX || scale < 0 || scale > Byte.MAX_VALUE) {
      return WIDE;
    }
    return decimal.scaleByPowerOfTen(scale).longValue() << Byte.SIZE | scale;
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
}
