package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.Cases;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.LogLayout;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TotalPropertyTest {
  /** Indices of the events of a log that are in the sum, and the sum. */
  private static final class Window {
    final FieldType type;
    final EventLog log;
    final List<Long> inside = new ArrayList<>();
    Total total;

    Window(FieldType type) {
      this.type = type;
      this.log = new EventLog(new LogLayout(List.of(type), 0, false));
      this.total = Total.of(type);
    }

    void add(Slots value) {
      long index = log.insert(log.end(), 0);
      log.set(index, 0, value, 0);
      inside.add(index);
      total.add(log, index, 0);
    }

    void subtract(int position) {
      total.subtract(log, inside.remove(position), 0);
    }

    @Nullable Object sum() {
      Slots into = new Slots(1);
      total.readSum(into, 0);
      return into.boxed(0, type);
    }

    @Nullable Object mean() {
      Slots into = new Slots(1);
      total.readMean(into, 0);
      return into.boxed(0, type == FieldType.INT ? FieldType.DOUBLE : type);
    }

    void reread() {
      StateOutput output = new StateOutput();
      total.write(output);
      total = Total.read(type, new StateInput(output.toByteArray()));
      StateOutput again = new StateOutput();
      total.write(again);
      assertArrayEquals(output.toByteArray(), again.toByteArray());
    }
  }

  private static void run(Random random, Window window, Runnable addOne, Runnable check) {
    for (int i = 0; i < 100; i++) {
      if (!window.inside.isEmpty() && random.nextInt(5) < 2) {
        window.subtract(random.nextInt(window.inside.size()));
      } else {
        addOne.run();
      }
      check.run();
      if (random.nextInt(10) == 0) {
        window.total = window.total.copy();
      } else if (random.nextInt(10) == 0) {
        window.reread();
      }
    }
  }

  @Test
  void ints_beyond64Bits_areExactOrMissing() {
    Cases.run(
        100,
        random -> {
          Window window = new Window(FieldType.INT);
          run(
              random,
              window,
              () -> {
                Slots value = new Slots(1);
                value.setNumber(
                    0,
                    switch (random.nextInt(4)) {
                      case 0 -> Long.MAX_VALUE - random.nextInt(2);
                      case 1 -> Long.MIN_VALUE + random.nextInt(2);
                      case 2 -> random.nextLong();
                      default -> random.nextInt(10);
                    });
                window.add(value);
              },
              () -> checkInts(window));
        });
  }

  private static void checkInts(Window window) {
    BigInteger exact = BigInteger.ZERO;
    for (long index : window.inside) {
      exact = exact.add(BigInteger.valueOf(window.log.number(index, 0)));
    }
    assertEquals(exact.bitLength() < 64 ? exact.longValue() : null, window.sum());
    assertEquals(
        window.inside.isEmpty() ? null : exact.doubleValue() / window.inside.size(), window.mean());
  }

  /** The places of the sum are those of what is in the window, not of what was once. */
  @Test
  void decimals_anyScalesAndSizes_areExact() {
    Cases.run(
        100,
        random -> {
          Window window = new Window(FieldType.DECIMAL);
          int digits = random.nextBoolean() ? 20 : 125;
          run(
              random,
              window,
              () -> {
                Slots value = new Slots(1);
                BigInteger unscaled = new BigInteger(1 + random.nextInt(digits), random);
                value.setObject(
                    0,
                    new BigDecimal(
                        random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(19)));
                window.add(value);
              },
              () -> checkDecimals(window));
        });
  }

  private static void checkDecimals(Window window) {
    BigDecimal exact = BigDecimal.ZERO;
    for (long index : window.inside) {
      exact = exact.add((BigDecimal) window.log.object(index, 0));
    }
    assertEquals(exact, window.sum());
    assertEquals(
        window.inside.isEmpty()
            ? null
            : exact.divide(
                BigDecimal.valueOf(window.inside.size()),
                exact.scale() + 6,
                RoundingMode.HALF_EVEN),
        window.mean());
  }

  /** At the very border between the narrow form of 64 bits and the wide one. */
  @Test
  void decimals_atTheBorderOf64Bits_areExact() {
    Cases.run(
        100,
        random -> {
          Window window = new Window(FieldType.DECIMAL);
          long[] border = {999_999_999_999_999_999L, Long.MAX_VALUE / 2, 1L << 61, 1L << 62, 5};
          run(
              random,
              window,
              () -> {
                Slots value = new Slots(1);
                long unscaled = border[random.nextInt(border.length)];
                value.setObject(
                    0,
                    BigDecimal.valueOf(
                        random.nextInt(3) > 0 ? unscaled : -unscaled, random.nextInt(3)));
                window.add(value);
              },
              () -> checkDecimals(window));
        });
  }

  /** Nobody reads such a number from outside; in state of an older version it must not hurt. */
  @Test
  void decimals_negativeScale_areExact() {
    Window window = new Window(FieldType.DECIMAL);
    Slots value = new Slots(1);
    value.setObject(0, new BigDecimal("1e3"));
    window.add(value);
    assertEquals(new BigDecimal("1000"), window.sum());
  }

  @Test
  void of_typesWithoutASum_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Total.of(FieldType.STRING));
    assertThrows(IllegalArgumentException.class, () -> Total.of(FieldType.BOOL));
  }

  @Test
  void read_damagedSums_areNoticed() {
    Window window = new Window(FieldType.DECIMAL);
    Slots value = new Slots(1);
    value.setObject(0, new BigDecimal("19.99"));
    window.add(value);
    StateOutput output = new StateOutput();
    window.total.write(output);
    byte[] bytes = output.toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      byte[] prefix = java.util.Arrays.copyOf(bytes, length);
      assertThrows(
          IllegalStateException.class, () -> Total.read(FieldType.DECIMAL, new StateInput(prefix)));
    }
    byte[] manyScales = bytes.clone();
    manyScales[bytes.length - 4] = 127;
    assertThrows(
        IllegalStateException.class,
        () -> Total.read(FieldType.DECIMAL, new StateInput(manyScales)));
    assertFalse(bytes.length < 5);
  }

  /** A count of two billion parts behind which nothing comes. */
  @Test
  void read_damagedExpansions_costNoMemory() {
    StateOutput output = new StateOutput();
    output.writeUnsigned(1);
    output.writeUnsigned(Integer.MAX_VALUE);
    assertThrows(
        IllegalStateException.class,
        () -> Total.read(FieldType.DOUBLE, new StateInput(output.toByteArray())));
  }
}
