package io.vigia.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TextValueTest {
  @Test
  void parse_ofTheType_isTheValue() {
    assertEquals("NO", TextValue.parse(FieldType.STRING, "NO"));
    assertEquals(-5L, TextValue.parse(FieldType.INT, "-5"));
    assertEquals(5L, TextValue.parse(FieldType.INT, "+5"));
    assertEquals(Long.MIN_VALUE, TextValue.parse(FieldType.INT, "-9223372036854775808"));
    assertEquals(0.5, TextValue.parse(FieldType.DOUBLE, ".5"));
    assertEquals(-1e300, TextValue.parse(FieldType.DOUBLE, "-1e300"));
    assertEquals(true, TextValue.parse(FieldType.BOOL, "true"));
    assertEquals(
        Instant.ofEpochMilli(1_500),
        TextValue.parse(FieldType.TIMESTAMP, "1970-01-01T01:00:01.5009+01:00"));
  }

  @Test
  void parse_decimals_areKeptAsIncomingOnes() {
    assertEquals(new BigDecimal("2.5"), TextValue.parse(FieldType.DECIMAL, "2.50"));
    assertEquals(new BigDecimal("20"), TextValue.parse(FieldType.DECIMAL, "2e1"));
    assertEquals(new BigDecimal("1e-18").setScale(18), TextValue.parse(FieldType.DECIMAL, "1e-18"));
    assertEquals(
        new BigDecimal("9".repeat(38)), TextValue.parse(FieldType.DECIMAL, "9".repeat(38)));
  }

  @Test
  void parse_beyondTheBounds_isNone() {
    assertNull(TextValue.parse(FieldType.INT, "9223372036854775808"));
    assertNull(TextValue.parse(FieldType.DOUBLE, "1.1e300"));
    assertNull(TextValue.parse(FieldType.DOUBLE, "1e400"));
    assertNull(TextValue.parse(FieldType.DECIMAL, "9".repeat(39)));
    assertNull(TextValue.parse(FieldType.DECIMAL, "1e-19"));
    assertNull(TextValue.parse(FieldType.DECIMAL, "1e999999999"));
    assertNull(TextValue.parse(FieldType.DECIMAL, "1e-999999999"));
    assertNull(TextValue.parse(FieldType.DECIMAL, "1e99999999999"));
    assertNull(TextValue.parse(FieldType.TIMESTAMP, "+999999999-12-31T23:59:59Z"));
    assertNull(TextValue.parse(FieldType.TIMESTAMP, "+10000-01-01T00:00:00Z"));
    assertNull(TextValue.parse(FieldType.TIMESTAMP, "0000-12-31T23:59:59Z"));
    assertNull(TextValue.parse(FieldType.TIMESTAMP, "9999-12-31T23:59:59-01:00"));
  }

  /** What Java's own parsers take besides numbers, as an event never could. */
  @Test
  void parse_whatOnlyJavaReads_isNone() {
    for (String odd :
        new String[] {"1d", "1f", " 5", "5 ", "0x1p3", "NaN", "Infinity", "٣", "", "1_0"}) {
      assertNull(TextValue.parse(FieldType.INT, odd), odd);
      assertNull(TextValue.parse(FieldType.DOUBLE, odd), odd);
      assertNull(TextValue.parse(FieldType.DECIMAL, odd), odd);
    }
    assertNull(TextValue.parse(FieldType.BOOL, "True"));
    assertNull(TextValue.parse(FieldType.TIMESTAMP, "2026-01-01T00:00:00"));
  }

  @Test
  void parse_examples_areOfTheirType() {
    for (FieldType type : FieldType.values()) {
      String example = TextValue.example(type).replace(" or false", "");
      Slots slots = new Slots(1);
      TextValue.set(slots, 0, java.util.Objects.requireNonNull(TextValue.parse(type, example)));
      assertEquals(TextValue.parse(type, example), slots.boxed(0, type));
    }
  }
}
