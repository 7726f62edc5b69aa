package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.Cases;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any additions and subtractions against the exact sum of what is left, rounded once. */
final class ExactSumPropertyTest {
  @Test
  void value_moneyLikeValues_isExact() {
    Cases.run(200, random -> run(random, r -> r.nextInt(100_000) / 100.0));
  }

  @Test
  void value_anyMagnitudes_isExact() {
    Cases.run(100, random -> run(random, ExactSumPropertyTest::anyDouble));
  }

  /** What differs in the last bit alone, and what lies exactly between two doubles. */
  @Test
  void value_halvesOfTheLastPlace_isRoundedToEven() {
    Cases.run(
        200,
        random ->
            run(
                random,
                r -> {
                  double unit = Math.ulp(1.0);
                  double[] awkward = {1, unit, unit / 2, unit / 4, -unit / 2, 1 + unit, 0x1p-1074};
                  return awkward[r.nextInt(awkward.length)] * (r.nextBoolean() ? 1 : -1);
                }));
  }

  @Test
  void value_hugeBesideTiny_keepsTheTiny() {
    ExactSum sum = new ExactSum();
    sum.add(1e300);
    sum.add(1e-300);
    sum.add(3);
    sum.subtract(1e300);
    assertEquals(3, sum.value());
    sum.subtract(3);
    assertEquals(1e-300, sum.value());
    sum.subtract(1e-300);
    assertEquals(0, sum.value());
  }

  @Test
  void value_manyOfTheLargest_doNotOverflowOnTheWay() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 100_000; i++) {
      sum.add(1e300);
    }
    assertEquals(1e305, sum.value(), Math.ulp(1e305));
    for (int i = 0; i < 100_000; i++) {
      sum.subtract(1e300);
    }
    assertEquals(0.0, sum.value());
  }

  @Test
  void value_nothingLeft_isThePositiveZero() {
    ExactSum sum = new ExactSum();
    sum.add(-0.0);
    assertEquals(Double.doubleToLongBits(0.0), Double.doubleToLongBits(sum.value()));
    sum.add(-5);
    sum.add(5);
    assertEquals(Double.doubleToLongBits(0.0), Double.doubleToLongBits(sum.value()));
  }

  private interface Values {
    double next(Random random);
  }

  private static double anyDouble(Random random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Math.abs(value) <= 1e300 ? value : random.nextGaussian();
  }

  private static void run(Random random, Values values) {
    ExactSum sum = new ExactSum();
    List<Double> window = new ArrayList<>();
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < 120; i++) {
      if (!window.isEmpty() && random.nextInt(5) < 2) {
        double leaving = window.remove(random.nextInt(window.size()));
        sum.subtract(leaving);
        exact = exact.subtract(new BigDecimal(leaving));
      } else {
        double value =
            !window.isEmpty() && random.nextInt(4) == 0
                ? -window.get(random.nextInt(window.size()))
                : values.next(random);
        window.add(value);
        sum.add(value);
        exact = exact.add(new BigDecimal(value));
      }
      assertEquals(exact.doubleValue(), sum.value(), () -> "of " + window);
      if (random.nextInt(10) == 0) {
        sum = random.nextBoolean() ? sum.copy() : reread(sum);
      }
    }
  }

  private static ExactSum reread(ExactSum sum) {
    StateOutput output = new StateOutput();
    sum.write(output);
    return ExactSum.read(new StateInput(output.toByteArray()));
  }
}
