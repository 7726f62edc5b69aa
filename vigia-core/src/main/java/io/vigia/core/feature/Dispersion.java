package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The sample variance of one column, or its root, the standard deviation.
 *
 * <p><b>Units and bounds.</b> Of <i>n</i> values it is <i>D / (n (n − 1))</i> with <i>D = n Σx² −
 * (Σx)²</i>. D is exact, then rounded to a double, then divided; so the value is within one and a
 * half units in the last place of the true one, never negative, and does not depend on what the
 * window once held. Missing for fewer than two values. O(1) an event.
 */
abstract class Dispersion {
  /*
   * The textbook's one-pass formula is known to cancel [1]; over exact sums there is nothing to cancel.
   * Welford's updates would round at each step, and could not take a value out again without drifting.
   *
   * [1] T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for Computing the Sample Variance, 1983.
   */
  private long count;

  static Dispersion of(FieldType type) {
    return switch (type) {
      case INT -> new OfInts();
      case DOUBLE -> new OfReals();
      case DECIMAL -> new OfDecimals();
      case STRING, BOOL, TIMESTAMP ->
          throw new IllegalArgumentException("variance of a column: got type " + type);
    };
  }

  final void change(EventLog log, long index, int column, int sign) {
    count += sign;
    take(log, index, column, sign);
  }

  /** Adds the values of another, or takes them away again. */
  final void merge(Dispersion other, int sign) {
    count += sign * other.count;
    mergeSums(other, sign);
  }

  final void read(Slots into, int slot, boolean root) {
    if (count < 2) {
      into.clear(slot);
    } else {
      double variance = numerator(count) / ((double) count * (count - 1));
      into.setReal(slot, root ? Math.sqrt(variance) : variance);
    }
  }

  final Dispersion copy() {
    Dispersion copy = copySums();
    copy.count = count;
    return copy;
  }

  final void write(StateOutput output) {
    output.writeUnsigned(count);
    writeSums(output);
  }

  static Dispersion read(FieldType type, StateInput input) {
    Dispersion dispersion = of(type);
    dispersion.count = input.readUnsigned();
    dispersion.readSums(input);
    return dispersion;
  }

  abstract void take(EventLog log, long index, int column, int sign);

  abstract void mergeSums(Dispersion other, int sign);

  /** D, rounded once. */
  abstract double numerator(long of);

  abstract Dispersion copySums();

  abstract void writeSums(StateOutput output);

  abstract void readSums(StateInput input);

  /** Squares of ints need 126 bits; those of everyday ones, and their sums, fit 64. */
  private static final class OfInts extends Dispersion {
    private static final long NARROW = 1L << 20;

    private long sum;
    private long squares;
    private BigInteger wideSum = BigInteger.ZERO;
    private BigInteger wideSquares = BigInteger.ZERO;

    @Override
    void take(EventLog log, long index, int column, int sign) {
      long value = log.number(index, column);
      if (value > -NARROW && value < NARROW) {
        sum += sign * value;
        squares += sign * (value * value);
      } else {
        BigInteger wide = BigInteger.valueOf(value);
        BigInteger square = wide.multiply(wide);
        wideSum = sign > 0 ? wideSum.add(wide) : wideSum.subtract(wide);
        wideSquares = sign > 0 ? wideSquares.add(square) : wideSquares.subtract(square);
      }
      widen();
    }

    /** Makes room for one more square, or for as many as another can hold. */
    private void widen() {
      if (Math.abs(squares) > Long.MAX_VALUE / 2) {
        wideSquares = wideSquares.add(BigInteger.valueOf(squares));
        squares = 0;
      }
    }

    @Override
    void mergeSums(Dispersion other, int sign) {
      OfInts from = (OfInts) other;
      BigInteger factor = BigInteger.valueOf(sign);
      sum += sign * from.sum;
      squares += sign * from.squares;
      wideSum = wideSum.add(from.wideSum.multiply(factor));
      wideSquares = wideSquares.add(from.wideSquares.multiply(factor));
      widen();
    }

    @Override
    double numerator(long of) {
      if (wideSquares.signum() == 0
          && wideSum.signum() == 0
          && Math.abs(sum) < 1L << 31
          && Math.abs(squares) < Long.MAX_VALUE / 2 / of) {
        return (double) (of * squares - sum * sum);
      }
      BigInteger total = wideSum.add(BigInteger.valueOf(sum));
      return wideSquares
          .add(BigInteger.valueOf(squares))
          .multiply(BigInteger.valueOf(of))
          .subtract(total.multiply(total))
          .doubleValue();
    }

    @Override
    Dispersion copySums() {
      OfInts copy = new OfInts();
      copy.sum = sum;
      copy.squares = squares;
      copy.wideSum = wideSum;
      copy.wideSquares = wideSquares;
      return copy;
    }

    @Override
    void writeSums(StateOutput output) {
      output.writeSigned(sum);
      output.writeSigned(squares);
      output.writeBlock(wideSum.toByteArray());
      output.writeBlock(wideSquares.toByteArray());
    }

    @Override
    void readSums(StateInput input) {
      sum = input.readSigned();
      squares = input.readSigned();
      wideSum = number(input.readBlock());
      wideSquares = number(input.readBlock());
    }

    private static BigInteger number(byte[] bytes) {
      if (bytes.length == 0) {
        throw new IllegalStateException("damaged state: found a number of no bytes");
      }
      return new BigInteger(bytes);
    }
  }

  private static final class OfReals extends Dispersion {
    /*
     * A square is exact as a rounded product and its error, unless that overflows or underflows. So values
     * far from one are scaled by a power of two, each kind with sums of its own; the few pipelines that have
     * them pay for arithmetic in decimals.
     */
    private static final double LARGE = 0x1p400;
    private static final double SMALL = 0x1p-400;
    private static final double SCALE = 0x1p600;

    private ExactSum sum = new ExactSum();
    private ExactSum squares = new ExactSum();
    private ExactSum farSum = new ExactSum();
    private ExactSum largeSquares = new ExactSum();
    private ExactSum smallSquares = new ExactSum();

    @Override
    void take(EventLog log, long index, int column, int sign) {
      double value = log.real(index, column);
      double size = Math.abs(value);
      if (size > LARGE) {
        farSum.add(sign * value);
        largeSquares.addProduct(sign * value / SCALE, value / SCALE);
      } else if (size >= SMALL) {
        sum.add(sign * value);
        squares.addProduct(sign * value, value);
      } else if (size > 0) {
        farSum.add(sign * value);
        smallSquares.addProduct(sign * value * SCALE, value * SCALE);
      }
    }

    @Override
    void mergeSums(Dispersion other, int sign) {
      OfReals from = (OfReals) other;
      sum.merge(from.sum, sign);
      squares.merge(from.squares, sign);
      farSum.merge(from.farSum, sign);
      largeSquares.merge(from.largeSquares, sign);
      smallSquares.merge(from.smallSquares, sign);
    }

    @Override
    double numerator(long of) {
      if (largeSquares.isZero() && smallSquares.isZero()) {
        ExactSum numerator = new ExactSum();
        numerator.addScaled(squares, (double) of);
        numerator.subtractSquare(sum);
        return numerator.value();
      }
      BigDecimal scale = new BigDecimal(SCALE).multiply(new BigDecimal(SCALE));
      BigDecimal unscale = new BigDecimal(1 / SCALE).multiply(new BigDecimal(1 / SCALE));
      BigDecimal total = sum.exact().add(farSum.exact());
      return squares
          .exact()
          .add(largeSquares.exact().multiply(scale))
          .add(smallSquares.exact().multiply(unscale))
          .multiply(BigDecimal.valueOf(of))
          .subtract(total.multiply(total))
          .doubleValue();
    }

    @Override
    Dispersion copySums() {
      OfReals copy = new OfReals();
      copy.sum = sum.copy();
      copy.squares = squares.copy();
      copy.farSum = farSum.copy();
      copy.largeSquares = largeSquares.copy();
      copy.smallSquares = smallSquares.copy();
      return copy;
    }

    @Override
    void writeSums(StateOutput output) {
      sum.write(output);
      squares.write(output);
      farSum.write(output);
      largeSquares.write(output);
      smallSquares.write(output);
    }

    @Override
    void readSums(StateInput input) {
      sum = ExactSum.read(input);
      squares = ExactSum.read(input);
      farSum = ExactSum.read(input);
      largeSquares = ExactSum.read(input);
      smallSquares = ExactSum.read(input);
    }
  }

  private static final class OfDecimals extends Dispersion {
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;

    @Override
    void take(EventLog log, long index, int column, int sign) {
      BigDecimal value = (BigDecimal) log.object(index, column);
      BigDecimal square = value.multiply(value);
      sum = sign > 0 ? sum.add(value) : sum.subtract(value);
      squares = sign > 0 ? squares.add(square) : squares.subtract(square);
    }

    @Override
    void mergeSums(Dispersion other, int sign) {
      OfDecimals from = (OfDecimals) other;
      sum = sign > 0 ? sum.add(from.sum) : sum.subtract(from.sum);
      squares = sign > 0 ? squares.add(from.squares) : squares.subtract(from.squares);
    }

    @Override
    double numerator(long of) {
      return squares
          .multiply(BigDecimal.valueOf(of))
          .subtract(sum.multiply(sum))
          .stripTrailingZeros()
          .doubleValue();
    }

    @Override
    Dispersion copySums() {
      OfDecimals copy = new OfDecimals();
      copy.sum = sum;
      copy.squares = squares;
      return copy;
    }

    @Override
    void writeSums(StateOutput output) {
      output.writeDecimal(sum);
      output.writeDecimal(squares);
    }

    @Override
    void readSums(StateInput input) {
      sum = input.readDecimal();
      squares = input.readDecimal();
    }
  }
}
