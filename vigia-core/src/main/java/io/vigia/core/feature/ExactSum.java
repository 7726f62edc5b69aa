package io.vigia.core.feature;

import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A sum of doubles that never drifts: after any additions and subtractions it is the exact sum of
 * what is left, rounded once.
 *
 * <p><b>Units and bounds.</b> Values of at most 1e300 from zero (as {@link
 * io.vigia.core.event.FieldType} promises), so that no intermediate overflows. Adding costs
 * O(parts), in practice one to three.
 *
 * <p><b>Source.</b> [1] J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast
 * Robust Geometric Predicates, 1997: grow-expansion.
 */
final class ExactSum {
  /*
   * The sum is kept as an expansion: doubles of growing magnitude whose bits do not overlap and whose exact
   * sum is the value. Adding x walks it from the small end; each two-sum gives a rounded sum, carried on,
   * and the exact error, kept when it is not zero [1]. Subtracting adds the negative, which is exact as
   * well: a value that leaves takes away precisely what it brought.
   */
  private double[] parts = new double[2];
  private int count;

  void add(double value) {
    double carry = value;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double part = parts[i];
      double sum = carry + part;
      double back = sum - carry;
      double error = carry - (sum - back) + (part - back);
      if (error != 0) {
        parts[kept++] = error;
      }
      carry = sum;
    }
    count = kept;
    if (carry != 0) {
      if (count == parts.length) {
        parts = Arrays.copyOf(parts, count * 2);
      }
      parts[count++] = carry;
    }
  }

  /** Adds what another holds, or takes it away again. */
  void merge(ExactSum other, int sign) {
    for (int i = 0; i < other.count; i++) {
      add(sign > 0 ? other.parts[i] : -other.parts[i]);
    }
  }

  void subtract(double value) {
    add(-value);
  }

  /** The sum, rounded to the nearest double, half to even. */
  double value() {
    if (count == 0) {
      return 0;
    }
    int i = count - 1;
    double high = parts[i];
    double low = 0;
    while (i > 0 && low == 0) {
      double sum = high + parts[--i];
      low = parts[i] - (sum - high);
      high = sum;
    }
    // The rest decides only when low is exactly half a unit of high: then the sign of what lies
    // below it says to which side to round.
    if (i > 0 && low != 0 && Math.signum(low) == Math.signum(parts[i - 1])) {
      double twice = low * 2;
      double rounded = high + twice;
      if (rounded - high == twice) {
        high = rounded;
      }
    }
    return high;
  }

  /**
   * Adds a product of two values, exactly, as long as it lies between 1e-280 and 1e300 from zero.
   */
  void addProduct(double a, double b) {
    double product = a * b;
    add(product);
    add(Math.fma(a, b, -product));
  }

  /** Adds {@code factor} times what {@code other} holds, within the bounds of a product. */
  void addScaled(ExactSum other, double factor) {
    for (int i = 0; i < other.count; i++) {
      addProduct(other.parts[i], factor);
    }
  }

  /** Takes away the square of what {@code other} holds, within the bounds of a product. */
  void subtractSquare(ExactSum other) {
    for (int i = 0; i < other.count; i++) {
      for (int k = 0; k < other.count; k++) {
        addProduct(-other.parts[i], other.parts[k]);
      }
    }
  }

  /** What it holds, whatever its size. */
  BigDecimal exact() {
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < count; i++) {
      exact = exact.add(new BigDecimal(parts[i]));
    }
    return exact;
  }

  boolean isZero() {
    return count == 0;
  }

  ExactSum copy() {
    ExactSum copy = new ExactSum();
    copy.parts = parts.clone();
    copy.count = count;
    return copy;
  }

  void write(StateOutput output) {
    output.writeUnsigned(count);
    for (int i = 0; i < count; i++) {
      output.writeReal(parts[i]);
    }
  }

  static ExactSum read(StateInput input) {
    ExactSum sum = new ExactSum();
    sum.count = input.readCount(Double.BYTES);
    sum.parts = new double[Math.max(2, sum.count)];
    for (int i = 0; i < sum.count; i++) {
      sum.parts[i] = input.readReal();
    }
    return sum;
  }
}
