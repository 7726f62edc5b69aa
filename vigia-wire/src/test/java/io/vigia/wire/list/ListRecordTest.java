package io.vigia.wire.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
import io.vigia.wire.event.JsonBytes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ListRecordTest {
  private static final Map<String, FieldType> TYPES =
      Map.of(
          "texts", FieldType.STRING,
          "ints", FieldType.INT,
          "reals", FieldType.DOUBLE,
          "amounts", FieldType.DECIMAL,
          "days", FieldType.TIMESTAMP);

  private final JsonBytes bytes = new JsonBytes();

  private void assertSame(String list, Object value) {
    for (Kind kind : Kind.values()) {
      for (long until : new long[] {ListChange.FOR_EVER, 1_767_225_600_001L}) {
        boolean cleared = kind == Kind.CLEARED;
        ListChange change =
            new ListChange(
                list,
                value,
                kind,
                5_000 + ListChange.EFFECT_MS,
                cleared ? ListChange.FOR_EVER : until,
                cleared ? "" : "why: \"so\"");
        byte[] key = ListRecord.key(list, value);
        byte[] record = ListRecord.value(kind, until, change.note(), bytes);
        assertEquals(change, ListRecord.read(key, record, 5_000, TYPES));
        assertEquals(change, ListChangeJson.read(ListChangeJson.encode(change, bytes), TYPES));
      }
    }
  }

  @Test
  void read_whatWasWritten_isTheSame() {
    assertSame("texts", "a:b \u00e9\u4e2d \"");
    assertSame("ints", -5L);
    assertSame("reals", -0.0);
    assertSame("reals", 1.5e-7);
    assertSame("amounts", new BigDecimal("100.00"));
    assertSame("amounts", new BigDecimal("0.000000000000000001"));
    assertSame("days", Instant.parse("2026-01-01T00:00:00.123Z"));
  }

  @Test
  void key_equalValues_areOneKey() {
    assertEquals("amounts:100", text(ListRecord.key("amounts", new BigDecimal("1E+2"))));
    assertEquals("reals:0.0", text(ListRecord.key("reals", -0.0)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable ListChange read(String key, String value) {
    return ListRecord.read(
        key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), 0, TYPES);
  }

  @Test
  void read_whatIsNoChangeOfAList_isNull() {
    assertNull(read("other:c1", "{\"in\":true}"));
    assertNull(read("ints:c1", "{\"in\":true}"));
    assertNull(read("texts", "{\"in\":true}"));
    assertNull(read("texts:a", "{}"));
    assertNull(read("texts:a", "[]"));
    assertNull(read("texts:a", "{\"in\":true,\"until\":\"soon\"}"));
    assertNull(read("texts:a", "{\"in\":tr"));
    assertNull(ListRecord.read(null, null, 0, TYPES));
  }

  @Test
  void read_lineOfAnUnknownList_saysSo() {
    byte[] line =
        "{\"list\":\"other\",\"value\":\"a\",\"in\":true,\"from\":\"2026-01-01T00:00:00Z\"}"
            .getBytes(StandardCharsets.UTF_8);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ListChangeJson.read(line, TYPES));
    assertEquals("the pipeline has no list 'other'", refused.getMessage());
  }
}
