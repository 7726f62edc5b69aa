package io.vigia.core.expr;

import dev.cel.common.exceptions.CelNumericOverflowException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * What compiled expressions call. Whatever has no value throws; the interpreter then says what that
 * means.
 */
final class Calls {
  /** The times that CEL knows: the years 1 to 9999. */
  private static final long TIME_MIN = -62_135_596_800_000L;

  private static final long TIME_MAX = 253_402_300_799_999L;
  private static final long DURATION_MAX = 315_576_000_000_000L;

  /** CEL counts what lies between two times in nanoseconds of 64 bits: some 292 years. */
  private static final long BETWEEN_MAX = Long.MAX_VALUE / 1_000_000;

  private Calls() {}

  /** The order of two numbers, or {@code none} where one is NaN. */
  static int order(BigDecimal a, double b, int none) {
    return Double.isNaN(b) ? none : DecimalFunctions.order(a, b);
  }

  static int order(double a, BigDecimal b, int none) {
    return Double.isNaN(a) ? none : -DecimalFunctions.order(b, a);
  }

  static int order(long a, double b, int none) {
    return Double.isNaN(b) ? none : DecimalFunctions.order(a, b);
  }

  static int order(double a, long b, int none) {
    return Double.isNaN(a) ? none : -DecimalFunctions.order(b, a);
  }

  static long divide(long a, long b) {
    if (a == Long.MIN_VALUE && b == -1) {
      throw new ArithmeticException("int overflow");
    }
    return a / b;
  }

  static long remainder(long a, long b) {
    if (a == Long.MIN_VALUE && b == -1) {
      throw new ArithmeticException("int overflow");
    }
    return a % b;
  }

  static BigDecimal add(BigDecimal a, BigDecimal b) {
    return DecimalFunctions.bounded(a.add(b));
  }

  static BigDecimal subtract(BigDecimal a, BigDecimal b) {
    return DecimalFunctions.bounded(a.subtract(b));
  }

  static BigDecimal multiply(BigDecimal a, BigDecimal b) {
    return DecimalFunctions.bounded(a.multiply(b));
  }

  static BigDecimal divide(BigDecimal a, BigDecimal b) {
    return DecimalFunctions.bounded(a.divide(b, MathContext.DECIMAL128));
  }

  static BigDecimal decimal(double value) {
    return DecimalFunctions.decimal(value);
  }

  static BigDecimal decimal(String text) {
    return DecimalFunctions.parse(text);
  }

  static long toInt(BigDecimal value) {
    return DecimalFunctions.toInt(value);
  }

  static long toInt(double value) {
    if (!(value > -0x1p63 && value < 0x1p63)) {
      throw new ArithmeticException("int overflow");
    }
    return (long) value;
  }

  static long size(String text) {
    return text.codePointCount(0, text.length());
  }

  static long checkTime(long timeMs) {
    if (timeMs < TIME_MIN || timeMs > TIME_MAX) {
      throw new ArithmeticException("time out of range");
    }
    return timeMs;
  }

  static long checkDuration(long durationMs) {
    if (Math.abs(durationMs) > DURATION_MAX) {
      throw new ArithmeticException("duration out of range");
    }
    return durationMs;
  }

  static long checkBetween(long durationMs) {
    if (Math.abs(durationMs) > BETWEEN_MAX) {
      throw new ArithmeticException("duration out of range");
    }
    return durationMs;
  }

  static Duration checkDuration(Duration duration) {
    if (duration.abs().toSeconds() > DURATION_MAX / 1000) {
      throw new CelNumericOverflowException("duration out of range");
    }
    return duration;
  }

  static void checkTurns(int turns) {
    if (turns > ExpressionCompiler.ITERATIONS_MAX) {
      throw new ArithmeticException("too many turns");
    }
  }

  private static ZonedDateTime at(long timeMs, ZoneId zone) {
    return Instant.ofEpochMilli(timeMs).atZone(zone);
  }

  static long fullYear(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getYear();
  }

  /** From 0. */
  static long month(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getMonthValue() - 1L;
  }

  /** From 1. */
  static long date(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getDayOfMonth();
  }

  /** From 0. */
  static long dayOfMonth(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getDayOfMonth() - 1L;
  }

  /** From 0, Sunday. */
  static long dayOfWeek(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getDayOfWeek().getValue() % 7;
  }

  /** From 0. */
  static long dayOfYear(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getDayOfYear() - 1L;
  }

  static long hours(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getHour();
  }

  static long minutes(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getMinute();
  }

  static long seconds(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getSecond();
  }

  static long milliseconds(long timeMs, ZoneId zone) {
    return Math.floorMod(timeMs, 1000);
  }

  static long hoursOfDuration(long durationMs) {
    return durationMs / 3_600_000;
  }

  static long minutesOfDuration(long durationMs) {
    return durationMs / 60_000;
  }

  static long secondsOfDuration(long durationMs) {
    return durationMs / 1000;
  }

  static long millisecondsOfDuration(long durationMs) {
    return durationMs % 1000;
  }
}
