package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static List<String> in(String condition) {
    return Comparison.in(condition).stream().map(Comparison::toString).toList();
  }

  @Test
  void in_namesAgainstNumbers_areFoundOnBothSides() {
    assertEquals(
        List.of("card_count_5m > 10", "event.amount <= 99.5", "low < -3", "x >= 1000"),
        in("card_count_5m > 10 && (event.amount<=99.5 || low < -3) && 1e3 <= x"));
  }

  @Test
  void in_partsOfArithmetic_areNone() {
    assertEquals(List.of(), in("a + b > 5"));
    assertEquals(List.of(), in("a > 5 * b"));
    assertEquals(List.of(), in("a > 5 - b"));
    assertEquals(List.of(), in("-a > 5"));
    assertEquals(List.of(), in("size(a) > 5"));
    assertEquals(List.of(), in("3 < f(a)"));
    assertEquals(List.of(), in("a.b.c > 5"));
    assertEquals(List.of(), in("a == 5 && b != 6"));
  }

  @Test
  void in_zero_hasNoTenth() {
    assertEquals(List.of(), in("a > 0"));
  }

  @Test
  void isNearlyMetBy_tenth_isTheLastThatIs() {
    Comparison above = Comparison.in("a > 100").get(0);
    assertEquals(true, above.isNearlyMetBy(new BigDecimal("100")));
    assertEquals(true, above.isNearlyMetBy(new BigDecimal("90")));
    assertEquals(false, above.isNearlyMetBy(new BigDecimal("89.99")));
    assertEquals(false, above.isNearlyMetBy(new BigDecimal("100.01")));
    Comparison below = Comparison.in("a <= -100").get(0);
    assertEquals(true, below.isNearlyMetBy(new BigDecimal("-90")));
    assertEquals(false, below.isNearlyMetBy(new BigDecimal("-100")));
  }
}
