package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationValueTest {
  @ParameterizedTest
  @CsvSource({
    "1ms, 1",
    "250ms, 250",
    "5m, 300000",
    "1h30m, 5400000",
    "1d2h3m4s5ms, 93784005",
    "007s, 7000",
    "90m, 5400000",
    "3650d, 315360000000"
  })
  void ms_duration_isMilliseconds(String text, long expected) {
    assertTrue(DurationValue.positive().complaint(text).isEmpty());
    assertEquals(expected, DurationValue.ms(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "m", "5mm", "1m1h", "1h1h", "-1s", "+1s", "1.5h", "1 h", "1H", "1s500", "٣s"
      })
  void complaint_otherText_isABadValue(String text) {
    assertEquals(
        ProblemCode.BAD_VALUE, DurationValue.positive().complaint(text).orElseThrow().code());
    assertThrows(IllegalArgumentException.class, () -> DurationValue.ms(text));
  }

  @ParameterizedTest
  @CsvSource({
    "5 min, 5m",
    "2 Weeks, 14d",
    "1.5h, 1h30m",
    "90 sec, 1m30s",
    "PT1H30M, 1h30m",
    "P2D, 2d",
    "1h 30m, 1h30m",
    "5M, 5m",
    "0.5s, 500ms"
  })
  void complaint_otherSpelling_saysHowToWriteIt(String text, String meant) {
    assertEquals("write " + meant, DurationValue.positive().complaint(text).orElseThrow().help());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3651d", "87601h", "9999999999999999999ms", "99999999999d99999999999h"})
  void complaint_tooLong_isOverTheLimit(String text) {
    assertEquals(
        ProblemCode.OVER_LIMIT, DurationValue.positive().complaint(text).orElseThrow().code());
  }

  @Test
  void complaint_zero_isAllowedOnlyWhereItMeansSomething() {
    assertTrue(DurationValue.orZero().complaint("0s").isEmpty());
    assertTrue(DurationValue.positive().complaint("0h0m").isPresent());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 999, 1000, 61_001, 86_400_000, 315_360_000_000L})
  void format_milliseconds_areReadBack(long ms) {
    assertEquals(ms, DurationValue.ms(DurationValue.format(ms)));
  }
}
