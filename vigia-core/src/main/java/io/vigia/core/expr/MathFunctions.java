package io.vigia.core.expr;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.exceptions.CelNumericOverflowException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Functions of numbers, with the meaning of CEL's extension <i>math</i> where that has them.
 *
 * <p><b>Units and bounds.</b> Halves are rounded away from zero. What is no rational number is
 * computed by {@link StrictMath}, so that every machine and every replay has the same.
 */
final class MathFunctions {
  static final String SIGNATURES =
      """
      math.abs(int) int
      math.abs(double) double
      math.abs(decimal) decimal
      math.sign(int) int
      math.sign(double) double
      math.sign(decimal) decimal
      math.ceil(double) double
      math.ceil(decimal) decimal
      math.floor(double) double
      math.floor(decimal) decimal
      math.trunc(double) double
      math.trunc(decimal) decimal
      math.round(double) double
      math.round(decimal) decimal
      math.round(double, int) double
      math.round(decimal, int) decimal
      math.isNaN(double) bool
      math.isInf(double) bool
      math.isFinite(double) bool
      math.sqrt(int) double
      math.sqrt(double) double
      math.sqrt(decimal as double) double
      math.log(double) double
      math.log(decimal as double) double
      math.exp(double) double
      math.pow(double, double) double
      math.least(int) int
      math.least(double) double
      math.least(decimal) decimal
      math.least(int, int) int
      math.least(double, double) double
      math.least(decimal, decimal) decimal
      math.least(decimal, int as decimal) decimal
      math.least(int as decimal, decimal) decimal
      math.least(decimal, double as decimal) decimal
      math.least(double as decimal, decimal) decimal
      math.least(int, int, int) int
      math.least(double, double, double) double
      math.least(decimal, decimal, decimal) decimal
      math.greatest(int) int
      math.greatest(double) double
      math.greatest(decimal) decimal
      math.greatest(int, int) int
      math.greatest(double, double) double
      math.greatest(decimal, decimal) decimal
      math.greatest(decimal, int as decimal) decimal
      math.greatest(int as decimal, decimal) decimal
      math.greatest(decimal, double as decimal) decimal
      math.greatest(double as decimal, decimal) decimal
      math.greatest(int, int, int) int
      math.greatest(double, double, double) double
      math.greatest(decimal, decimal, decimal) decimal""";

  private static final int PLACES_MAX = 18;

  private MathFunctions() {}

  static long abs(long x) {
    if (x == Long.MIN_VALUE) {
      throw new CelNumericOverflowException("int overflow");
    }
    return Math.abs(x);
  }

  static double abs(double x) {
    return Math.abs(x);
  }

  static BigDecimal abs(BigDecimal x) {
    return x.abs();
  }

  static long sign(long x) {
    return Long.signum(x);
  }

  static double sign(double x) {
    return Math.signum(x);
  }

  static BigDecimal sign(BigDecimal x) {
    return BigDecimal.valueOf(x.signum());
  }

  static double ceil(double x) {
    return Math.ceil(x);
  }

  static BigDecimal ceil(BigDecimal x) {
    return scaled(x, 0, RoundingMode.CEILING);
  }

  static double floor(double x) {
    return Math.floor(x);
  }

  static BigDecimal floor(BigDecimal x) {
    return scaled(x, 0, RoundingMode.FLOOR);
  }

  static double trunc(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  static BigDecimal trunc(BigDecimal x) {
    return scaled(x, 0, RoundingMode.DOWN);
  }

  static double round(double x) {
    double whole = trunc(x);
    return Math.abs(x - whole) >= 0.5 ? whole + Math.signum(x) : whole;
  }

  static BigDecimal round(BigDecimal x) {
    return scaled(x, 0, RoundingMode.HALF_UP);
  }

  /** Of the double's shortest decimal. */
  static double round(double x, long places) {
    if (!Double.isFinite(x)) {
      return x;
    }
    return round(BigDecimal.valueOf(x), places).doubleValue();
  }

  static BigDecimal round(BigDecimal x, long places) {
    if (places < 0 || places > PLACES_MAX) {
      throw new CelInvalidArgumentException("places: got " + places);
    }
    return x.scale() <= places ? x : scaled(x, (int) places, RoundingMode.HALF_UP);
  }

  private static BigDecimal scaled(BigDecimal x, int places, RoundingMode mode) {
    return DecimalFunctions.bounded(x.scale() <= places ? x : x.setScale(places, mode));
  }

  static boolean isNaN(double x) {
    return Double.isNaN(x);
  }

  static boolean isInf(double x) {
    return Double.isInfinite(x);
  }

  static boolean isFinite(double x) {
    return Double.isFinite(x);
  }

  static double sqrt(long x) {
    return Math.sqrt((double) x);
  }

  static double sqrt(double x) {
    return Math.sqrt(x);
  }

  static double log(double x) {
    return StrictMath.log(x);
  }

  static double exp(double x) {
    return StrictMath.exp(x);
  }

  static double pow(double x, double y) {
    return StrictMath.pow(x, y);
  }

  static long least(long a) {
    return a;
  }

  static double least(double a) {
    return a;
  }

  static BigDecimal least(BigDecimal a) {
    return a;
  }

  static long least(long a, long b) {
    return Math.min(a, b);
  }

  /** NaN where one of them is. */
  static double least(double a, double b) {
    return Math.min(a, b);
  }

  static BigDecimal least(BigDecimal a, BigDecimal b) {
    return b.compareTo(a) < 0 ? b : a;
  }

  static long least(long a, long b, long c) {
    return Math.min(Math.min(a, b), c);
  }

  static double least(double a, double b, double c) {
    return Math.min(Math.min(a, b), c);
  }

  static BigDecimal least(BigDecimal a, BigDecimal b, BigDecimal c) {
    return least(least(a, b), c);
  }

  static long greatest(long a) {
    return a;
  }

  static double greatest(double a) {
    return a;
  }

  static BigDecimal greatest(BigDecimal a) {
    return a;
  }

  static long greatest(long a, long b) {
    return Math.max(a, b);
  }

  /** NaN where one of them is. */
  static double greatest(double a, double b) {
    return Math.max(a, b);
  }

  static BigDecimal greatest(BigDecimal a, BigDecimal b) {
    return b.compareTo(a) > 0 ? b : a;
  }

  static long greatest(long a, long b, long c) {
    return Math.max(Math.max(a, b), c);
  }

  static double greatest(double a, double b, double c) {
    return Math.max(Math.max(a, b), c);
  }

  static BigDecimal greatest(BigDecimal a, BigDecimal b, BigDecimal c) {
    return greatest(greatest(a, b), c);
  }
}
