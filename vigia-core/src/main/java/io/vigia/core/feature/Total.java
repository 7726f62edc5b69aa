package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * A running sum of one column and how many values it has, from which sum and mean are read.
 *
 * <p>Each kind of number has its own, all of them exact: what a window gives never depends on what
 * it once held.
 */
abstract class Total implements Gathered {
  private long count;

  static Total of(FieldType type) {
    return switch (type) {
      case INT -> new IntTotal();
      case DOUBLE -> new RealTotal();
      case DECIMAL -> new DecimalTotal();
      case STRING, BOOL, TIMESTAMP ->
          throw new IllegalArgumentException("sum of a column: got type " + type);
    };
  }

  /** Goes on from a {@link DecimalSum}. */
  static Total of(long[] words, int at) {
    DecimalTotal total = new DecimalTotal();
    ((Total) total).count = DecimalSum.count(words, at);
    total.unscaled = DecimalSum.unscaled(words, at);
    total.scale = DecimalSum.places(words, at);
    total.scales = new int[DecimalSum.SCALES];
    for (int scale = 0; scale < DecimalSum.SCALES; scale++) {
      total.scales[scale] = DecimalSum.count(words, at, scale);
    }
    return total;
  }

  final void add(EventLog log, long index, int column) {
    count++;
    change(log, index, column, 1);
  }

  final void subtract(EventLog log, long index, int column) {
    count--;
    change(log, index, column, -1);
  }

  /** Adds another sum, or takes it away again. */
  final void merge(Total other, int sign) {
    count += sign * other.count;
    mergeSum(other, sign);
  }

  final long count() {
    return count;
  }

  final void readSum(Slots into, int slot) {
    sum(into, slot);
  }

  final void readMean(Slots into, int slot) {
    if (count == 0) {
      into.clear(slot);
    } else {
      mean(into, slot, count);
    }
  }

  final Total copy() {
    Total copy = copySum();
    copy.count = count;
    return copy;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public final void write(StateOutput output) {
    output.writeUnsigned(count);
    writeSum(output);
  }

  static Total read(FieldType type, StateInput input) {
    Total total = of(type);
    total.count = input.readUnsigned();
    total.readSum(input);
    return total;
  }

  /** Adds the value once, or takes it away once. */
  abstract void change(EventLog log, long index, int column, int sign);

  abstract void mergeSum(Total other, int sign);

  abstract void sum(Slots into, int slot);

  abstract void mean(Slots into, int slot, long of);

  /** The sum as a double, rounded once. */
  abstract double real();

  abstract Total copySum();

  abstract void writeSum(StateOutput output);

  abstract void readSum(StateInput input);

  /** 128 bits; a sum beyond 64 bits is missing rather than wrong. */
  private static final class IntTotal extends Total {
    private long[] words = new long[WholeSum.WORDS];

    @Override
    void change(EventLog log, long index, int column, int sign) {
      WholeSum.change(words, 0, log.number(index, column), sign);
    }

    @Override
    void mergeSum(Total other, int sign) {
      WholeSum.merge(words, ((IntTotal) other).words, sign);
    }

    @Override
    void sum(Slots into, int slot) {
      WholeSum.readSum(words, 0, into, slot);
    }

    @Override
    void mean(Slots into, int slot, long of) {
      WholeSum.readMean(words, 0, into, slot);
    }

    @Override
    double real() {
      return WholeSum.real(words, 0);
    }

    @Override
    Total copySum() {
      IntTotal copy = new IntTotal();
      copy.words = words.clone();
      return copy;
    }

    @Override
    void writeSum(StateOutput output) {
      for (long word : words) {
        output.writeSigned(word);
      }
    }

    @Override
    void readSum(StateInput input) {
      for (int i = 0; i < words.length; i++) {
        words[i] = input.readSigned();
      }
    }
  }

  private static final class RealTotal extends Total {
    private ExactSum sum = new ExactSum();

    @Override
    void change(EventLog log, long index, int column, int sign) {
      double value = log.real(index, column);
      sum.add(sign > 0 ? value : -value);
    }

    @Override
    void mergeSum(Total other, int sign) {
      sum.merge(((RealTotal) other).sum, sign);
    }

    @Override
    void sum(Slots into, int slot) {
      into.setReal(slot, sum.value());
    }

    @Override
    void mean(Slots into, int slot, long of) {
      into.setReal(slot, sum.value() / of);
    }

    @Override
    double real() {
      return sum.value();
    }

    @Override
    Total copySum() {
      RealTotal copy = new RealTotal();
      copy.sum = sum.copy();
      return copy;
    }

    @Override
    void writeSum(StateOutput output) {
      sum.write(output);
    }

    @Override
    void readSum(StateInput input) {
      sum = ExactSum.read(input);
    }
  }

  /**
   * Exact; the sum has as many places as the value with the most of them, as adding them up one by
   * one would give.
   */
  private static final class DecimalTotal extends Total {
    /*
     * The sum is an unscaled number at the largest scale seen so far, in 64 bits as long as it fits. How many
     * values there are of each scale is kept beside it, so that the scale of the result does not depend on
     * values that have left.
     */
    private static final long ADDEND_MAX = Long.MAX_VALUE / 2;
    private static final long[] POWERS = new long[19];

    static {
      POWERS[0] = 1;
      for (int i = 1; i < POWERS.length; i++) {
        POWERS[i] = 10 * POWERS[i - 1];
      }
    }

    private long unscaled;
    private BigInteger wide = BigInteger.ZERO;
    private boolean isWide;
    private int scale;
    private int[] scales = new int[3];

    @Override
    void change(EventLog log, long index, int column, int sign) {
      long packed = log.number(index, column);
      if (packed == PackedDecimal.WIDE) {
        changeWide((BigDecimal) log.object(index, column), sign);
        return;
      }
      int own = PackedDecimal.scale(packed);
      count(own, sign);
      if (isWide || !addNarrow(PackedDecimal.unscaled(packed), own, sign)) {
        addWide(PackedDecimal.toDecimal(packed), sign);
      }
    }

    private void changeWide(BigDecimal value, int sign) {
      count(Math.max(0, value.scale()), sign);
      addWide(value, sign);
    }

    /** Counts values of a scale, and makes room for their places. */
    private void count(int own, int by) {
      if (own >= scales.length) {
        scales = Arrays.copyOf(scales, own + 1);
      }
      scales[own] += by;
      if (own > scale) {
        rescale(own);
      }
    }

    private void addWide(BigDecimal value, int sign) {
      if (!isWide) {
        wide = BigInteger.valueOf(unscaled);
        isWide = true;
      }
      BigInteger addend = value.setScale(scale).unscaledValue();
      wide = sign > 0 ? wide.add(addend) : wide.subtract(addend);
    }

    private boolean addNarrow(long value, int own, int sign) {
      int places = scale - own;
      if (places >= POWERS.length || Math.abs(value) > ADDEND_MAX / POWERS[places]) {
        return false;
      }
      long addend = value * POWERS[places];
      long sum = sign > 0 ? unscaled + addend : unscaled - addend;
      // Neither is more than half of what a long holds, so that nothing has wrapped around.
      if (sum > Long.MAX_VALUE / 2 || sum < Long.MIN_VALUE / 2) {
        return false;
      }
      unscaled = sum;
      return true;
    }

    private void rescale(int to) {
      BigInteger exact =
          new BigDecimal(isWide ? wide : BigInteger.valueOf(unscaled), scale)
              .setScale(to)
              .unscaledValue();
      scale = to;
      isWide = exact.bitLength() > 61;
      unscaled = isWide ? 0 : exact.longValue();
      wide = isWide ? exact : BigInteger.ZERO;
    }

    private int places() {
      int places = scales.length - 1;
      while (places > 0 && scales[places] == 0) {
        places--;
      }
      return places;
    }

    private BigDecimal value() {
      int places = places();
      BigDecimal sum = isWide ? new BigDecimal(wide, scale) : BigDecimal.valueOf(unscaled, scale);
      return sum.setScale(places, RoundingMode.UNNECESSARY);
    }

    @Override
    void mergeSum(Total other, int sign) {
      DecimalTotal from = (DecimalTotal) other;
      for (int own = 0; own < from.scales.length; own++) {
        if (from.scales[own] != 0) {
          count(own, sign * from.scales[own]);
        }
      }
      BigDecimal value = from.value();
      boolean narrow = !isWide && value.unscaledValue().bitLength() < Long.SIZE - 1;
      if (!narrow || !addNarrow(value.unscaledValue().longValue(), value.scale(), sign)) {
        addWide(value, sign);
      }
    }

    @Override
    void sum(Slots into, int slot) {
      into.setObject(slot, value());
    }

    @Override
    void mean(Slots into, int slot, long of) {
      if (!isWide && places() == scale) {
        DecimalSum.writeMean(unscaled, scale, of, into, slot);
        return;
      }
      BigDecimal sum = value();
      into.setObject(
          slot,
          sum.divide(
              BigDecimal.valueOf(of),
              sum.scale() + DecimalSum.MORE_PLACES,
              RoundingMode.HALF_EVEN));
    }

    @Override
    double real() {
      return value().doubleValue();
    }

    @Override
    Total copySum() {
      DecimalTotal copy = new DecimalTotal();
      copy.unscaled = unscaled;
      copy.wide = wide;
      copy.isWide = isWide;
      copy.scale = scale;
      copy.scales = scales.clone();
      return copy;
    }

    @Override
    void writeSum(StateOutput output) {
      output.writeDecimal(new BigDecimal(isWide ? wide : BigInteger.valueOf(unscaled), scale));
      output.writeUnsigned(scales.length);
      for (int of : scales) {
        output.writeUnsigned(of);
      }
    }

    @Override
    void readSum(StateInput input) {
      BigDecimal sum = input.readDecimal();
      scale = sum.scale();
      isWide = sum.unscaledValue().bitLength() > 61;
      unscaled = isWide ? 0 : sum.unscaledValue().longValue();
      wide = isWide ? sum.unscaledValue() : BigInteger.ZERO;
      scales = new int[input.readCount(1)];
      if (scale < 0 || scale >= scales.length) {
        throw new IllegalStateException("damaged state: found a sum of scale " + scale);
      }
      for (int i = 0; i < scales.length; i++) {
        scales[i] = input.readCount();
      }
    }
  }
}
