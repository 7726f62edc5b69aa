package io.vigia.wire.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a written number without making an object of it.
 *
 * <p>Mutable: scan first, then ask for the value. Owned by one event being decoded.
 */
final class NumberText {
  /*
   * The number is D × 10^E, where D has neither leading nor trailing zeros. So 5, 5.0, 50e-1 and
   * 0.5e1 are one number in one form, and how large it is shows in E alone: 1e1000000000 is refused
   * by looking at it, nobody writes its digits out. Up to 18 digits D is a long; beyond that, which
   * only a decimal or the last places of an int or double can need, the text is read again by the
   * JDK, then known to be short enough.
   */
  static final int DECIMAL_DIGITS = 38;
  static final int DECIMAL_PLACES = 18;

  /** Finite doubles beyond this are refused, so that sums of squares stay finite. */
  static final double LARGEST_DOUBLE = 1e300;

  private static final int LONG_DIGITS = 18;
  private static final long EXPONENT_MOST = 2_000_000_000L;
  private static final BigDecimal LONG_LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final long[] LONG_POWERS = new long[LONG_DIGITS + 1];
  private static final double[] DOUBLE_POWERS = new double[23];

  static {
    LONG_POWERS[0] = 1;
    for (int i = 1; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
    }
    for (int i = 0; i < DOUBLE_POWERS.length; i++) {
      DOUBLE_POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private char[] text = new char[0];
  private int from;
  private int length;
  private boolean negative;
  private long mantissa;
  private int digits;
  private long exponent;
  private long whole;

  /**
   * Takes a number in: digits with an optional sign, point and exponent, as in JSON or a little
   * freer ({@code +5}, {@code .5}, {@code 007}). False when it is none.
   */
  boolean scan(char[] chars, int start, int size) {
    text = chars;
    from = start;
    length = size;
    mantissa = 0;
    digits = 0;
    exponent = 0;
    int end = start + size;
    int at = start;
    negative = at < end && chars[at] == '-';
    if (at < end && (chars[at] == '-' || chars[at] == '+')) {
      at++;
    }
    int zeros = 0;
    int points = 0;
    int places = 0;
    int figures = 0;
    for (; at < end; at++) {
      int digit = chars[at] - '0';
      if (digit >= 0 && digit <= 9) {
        figures++;
        places += points;
        if (digit == 0) {
          zeros += digits == 0 ? 0 : 1;
        } else {
          for (; zeros > 0; zeros--) {
            push(0);
          }
          push(digit);
        }
      } else if (chars[at] == '.' && points == 0) {
        points = 1;
      } else {
        break;
      }
    }
    if (figures == 0 || (at < end && !scanExponent(at, end))) {
      return false;
    }
    exponent += zeros - (long) places;
    return true;
  }

  private void push(int digit) {
    if (digits < LONG_DIGITS) {
      mantissa = mantissa * 10 + digit;
    }
    digits++;
  }

  private boolean scanExponent(int start, int end) {
    int at = start;
    if ((text[at] | 0x20) != 'e' || ++at == end) {
      return false;
    }
    boolean down = text[at] == '-';
    if ((down || text[at] == '+') && ++at == end) {
      return false;
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = Math.min(EXPONENT_MOST, value * 10 + digit);
    }
    exponent = down ? -value : value;
    return true;
  }

  /** Whether it is a whole number within 64 bits; {@link #whole()} then has it. */
  @Nullable Fault toLong() {
    if (digits == 0) {
      whole = 0;
      return null;
    }
    if (exponent < 0) {
      return Fault.FRACTION;
    }
    if (digits + exponent <= LONG_DIGITS) {
      long value = mantissa * LONG_POWERS[(int) exponent];
      whole = negative ? -value : value;
      return null;
    }
    if (digits + exponent > LONG_DIGITS + 1) {
      return Fault.RANGE;
    }
    BigDecimal big = new BigDecimal(text, from, length);
    if (big.compareTo(LONG_LEAST) < 0 || big.compareTo(LONG_MOST) > 0) {
      return Fault.RANGE;
    }
    whole = big.longValueExact();
    return null;
  }

  long whole() {
    return whole;
  }

  /**
   * The number times ten to the power given, without the places that remain: floored, so that a
   * finer time is cut towards the past on both sides of 1970. {@link IsoTime#BEYOND} when huge.
   */
  long toWholeTimes(int power) {
    long scale = exponent + power;
    if (digits == 0) {
      return 0;
    }
    if (digits + scale > LONG_DIGITS) {
      return IsoTime.BEYOND;
    }
    if (digits + scale <= 0) {
      return negative ? -1 : 0;
    }
    if (digits > LONG_DIGITS) {
      return new BigDecimal(text, from, length)
          .scaleByPowerOfTen(power)
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    }
    long value = negative ? -mantissa : mantissa;
    return scale >= 0
        ? value * LONG_POWERS[(int) scale]
        : Math.floorDiv(value, LONG_POWERS[(int) -scale]);
  }

  /** The nearest double; NaN where it is beyond {@link #LARGEST_DOUBLE}. */
  double toDouble() {
    double value;
    if (digits == 0) {
      value = 0;
    } else if (digits <= 15 && exponent >= -22 && exponent <= 22) {
      // Both are exact doubles, so one rounding gives the nearest one (Clinger 1990).
      double exact = mantissa;
      value =
          exponent < 0
              ? exact / DOUBLE_POWERS[(int) -exponent]
              : exact * DOUBLE_POWERS[(int) exponent];
      value = negative ? -value : value;
    } else {
      value = Double.parseDouble(new String(text, from, length));
    }
    return Math.abs(value) <= LARGEST_DOUBLE ? value : Double.NaN;
  }

  /**
   * The exact decimal without trailing zeros behind the point; null where it has more than {@value
   * #DECIMAL_DIGITS} digits or {@value #DECIMAL_PLACES} places.
   */
  @Nullable BigDecimal toDecimal() {
    if (digits == 0) {
      return BigDecimal.ZERO;
    }
    if (exponent < -DECIMAL_PLACES || Math.max(digits, digits + exponent) > DECIMAL_DIGITS) {
      return null;
    }
    if (digits + Math.max(0, exponent) <= LONG_DIGITS) {
      long value = exponent > 0 ? mantissa * LONG_POWERS[(int) exponent] : mantissa;
      return BigDecimal.valueOf(negative ? -value : value, (int) Math.max(0, -exponent));
    }
    return new BigDecimal(text, from, length).setScale((int) Math.max(0, -exponent));
  }
}
