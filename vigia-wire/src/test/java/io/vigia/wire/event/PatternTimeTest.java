package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternTimeTest {
  private static long parse(String pattern, @Nullable String zone, String text) {
    TimeText format = PatternTime.of(pattern, zone == null ? null : ZoneId.of(zone));
    return format.text(text.toCharArray(), 0, text.length());
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd HH:mm:ss, Europe/London, 2010-12-01 08:26:00, 2010-12-01T08:26:00Z",
    "yyyy-MM-dd HH:mm:ss, Europe/London, 2010-07-01 08:26:00, 2010-07-01T07:26:00Z",
    "uuuu-MM-dd, Europe/Madrid, 2026-01-31, 2026-01-30T23:00:00Z",
    "yyyyMMddHHmmssSSS, UTC, 20260131083000123, 2026-01-31T08:30:00.123Z",
    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS, UTC, 2026-01-31T08:30:00.123999, 2026-01-31T08:30:00.123Z",
    "d/M/yyyy H:mm, UTC, 1/2/2026 8:05, 2026-02-01T08:05:00Z",
    "MM/dd/yy, UTC, 01/31/26, 2026-01-31T00:00:00Z",
    "dd-MMM-yyyy hh:mm a, UTC, 31-Jan-2026 08:30 PM, 2026-01-31T20:30:00Z",
    "yyyy-MM-dd HH:mm:ssXXX, , 2026-01-31 08:30:00+02:00, 2026-01-31T06:30:00Z",
    "yyyy-MM-dd HH:mm:ss Z, Asia/Tokyo, 2026-01-31 08:30:00 +0200, 2026-01-31T06:30:00Z",
    "yyyy-MM-dd HH:mm:ss VV, , 2026-01-31 08:30:00 Europe/Madrid, 2026-01-31T07:30:00Z"
  })
  void text_matchingPattern_isRead(
      String pattern, @Nullable String zone, String text, Instant expected) {
    assertEquals(expected, Instant.ofEpochMilli(parse(pattern, zone, text)));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd, UTC, 2026-02-30",
    "yyyy-MM-dd, UTC, 0000-01-01",
    "yyyy-MM-dd, UTC, 2026-1-1",
    "yyyy-MM-dd, UTC, 2026-01-01x",
    "yyyy-MM-dd, UTC, 2026-01-0",
    "d/M/yyyy, UTC, 30/2/2026",
    "yyyy-MM-dd HH:mm, UTC, 2026-01-01 24:00",
    "HH:mm, UTC, 08:30"
  })
  void text_otherwise_isMalformed(String pattern, String zone, String text) {
    assertEquals(IsoTime.MALFORMED, parse(pattern, zone, text));
  }

  @Test
  void text_aroundChangesOfTheClocks_isAsZonedDateTimeHasIt() {
    String pattern = "yyyy-MM-dd HH:mm:ss";
    // 01:30 comes twice, the earlier one is meant; 01:30 in spring is skipped and moves on.
    assertEquals(
        Instant.parse("2010-10-31T00:30:00Z"),
        Instant.ofEpochMilli(parse(pattern, "Europe/London", "2010-10-31 01:30:00")));
    assertEquals(
        Instant.parse("2010-03-28T01:30:00Z"),
        Instant.ofEpochMilli(parse(pattern, "Europe/London", "2010-03-28 01:30:00")));
  }

  @Test
  void text_yearsBeyondFourDigits_areBeyond() {
    assertEquals(IsoTime.BEYOND, parse("d/M/y", "UTC", "1/1/12026"));
  }

  @Test
  void text_patternWithoutZoneOrOffset_saysSo() {
    assertEquals(IsoTime.NO_OFFSET, parse("d/M/yyyy", null, "1/1/2026"));
  }
}
