package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.LogLayout;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against exact arithmetic, with numbers at which squares overflow, underflow and cancel. */
final class DispersionTest {
  private static final long[] INTS = {
    0, 1, -1, 1L << 20, -(1L << 20), Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32
  };
  private static final double[] REALS = {
    0, 0.1, 1e300, -1e300, 1e-300, Double.MIN_VALUE, 1e120, 1e-121, 1e16, 1e16 + 2, 3e-9
  };

  @Test
  void read_afterComingsAndGoings_isThatOfWhatIsLeft() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      check(random, seed % 2 == 0 ? FieldType.INT : FieldType.DOUBLE, "seed " + seed);
    }
  }

  private static void check(Random random, FieldType type, String seed) {
    EventLog log = new EventLog(new LogLayout(List.of(type), 0, false));
    Dispersion dispersion = Dispersion.of(type);
    boolean wild = random.nextBoolean();
    int left = 0;
    for (int i = 0; i < 60; i++) {
      long index = log.insert(i, -1);
      log.setNumber(index, 0, bits(random, type, wild));
      dispersion.change(log, index, 0, 1);
      while (left <= i && random.nextInt(5) < 2) {
        dispersion.change(log, left++, 0, -1);
      }
      check(dispersion, log, type, left, i + 1, seed);
      if (random.nextInt(10) == 0) {
        StateOutput output = new StateOutput();
        dispersion.write(output);
        dispersion = Dispersion.read(type, new StateInput(output.toByteArray()));
      }
    }
  }

  private static long bits(Random random, FieldType type, boolean wild) {
    if (type == FieldType.INT) {
      return wild ? INTS[random.nextInt(INTS.length)] : random.nextInt(2_000) - 1_000;
    }
    return Double.doubleToLongBits(
        wild ? REALS[random.nextInt(REALS.length)] : random.nextInt(2_000) / 100.0);
  }

  private static void check(
      Dispersion dispersion, EventLog log, FieldType type, int from, int to, String seed) {
    Slots slots = new Slots(1);
    dispersion.read(slots, 0, false);
    assertEquals(to - from >= 2, slots.has(0), seed);
    if (to - from >= 2) {
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (int i = from; i < to; i++) {
        BigDecimal value =
            type == FieldType.INT
                ? BigDecimal.valueOf(log.number(i, 0))
                : new BigDecimal(log.real(i, 0));
        sum = sum.add(value);
        squares = squares.add(value.multiply(value));
      }
      double count = to - from;
      double numerator =
          squares
              .multiply(BigDecimal.valueOf(to - from))
              .subtract(sum.multiply(sum))
              .stripTrailingZeros()
              .doubleValue();
      assertEquals(numerator / (count * (count - 1)), slots.real(0), seed);
    }
  }
}
