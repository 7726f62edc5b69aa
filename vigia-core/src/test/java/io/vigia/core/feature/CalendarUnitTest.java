package io.vigia.core.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CalendarUnitTest {
  private static final String[] ZONES = {
    "UTC",
    "Europe/Madrid",
    "Asia/Kathmandu",
    "Australia/Lord_Howe", // half an hour of summer time
    "America/St_Johns", // clocks once went back over midnight
    "Pacific/Apia", // has left out a day
    "America/Sao_Paulo" // midnight did not exist when summer time began
  };

  private static long ms(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static String period(CalendarUnit unit, String zone, String instant) {
    long start = unit.startMs(ms(instant), ZoneId.of(zone));
    long end = unit.endMs(start, ZoneId.of(zone));
    return Instant.ofEpochMilli(start) + " " + Instant.ofEpochMilli(end);
  }

  @Test
  void period_ofEachUnit_isHalfOpen() {
    String madrid = "Europe/Madrid";
    assertEquals(
        "2026-01-01T12:00:00Z 2026-01-01T13:00:00Z",
        period(CalendarUnit.HOUR, madrid, "2026-01-01T12:00:00Z"));
    assertEquals(
        "2025-12-31T23:00:00Z 2026-01-01T23:00:00Z",
        period(CalendarUnit.DAY, madrid, "2025-12-31T23:00:00Z"));
    assertEquals(
        "2025-12-30T23:00:00Z 2025-12-31T23:00:00Z",
        period(CalendarUnit.DAY, madrid, "2025-12-31T22:59:59.999Z"));
    assertEquals(
        "2025-12-28T23:00:00Z 2026-01-04T23:00:00Z",
        period(CalendarUnit.WEEK, madrid, "2026-01-01T12:00:00Z"));
    assertEquals(
        "2026-02-28T23:00:00Z 2026-03-31T22:00:00Z",
        period(CalendarUnit.MONTH, madrid, "2026-03-29T12:00:00Z"));
  }

  @Test
  void day_ofAChangeOfClocks_hasItsOwnLength() {
    assertEquals(
        "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",
        period(CalendarUnit.DAY, "Europe/Madrid", "2026-03-29T12:00:00Z"));
    assertEquals(
        "2026-10-24T22:00:00Z 2026-10-25T23:00:00Z",
        period(CalendarUnit.DAY, "Europe/Madrid", "2026-10-25T12:00:00Z"));
  }

  @Test
  void hour_thatComesTwice_isTwoHours() {
    assertEquals(
        "2026-10-25T00:00:00Z 2026-10-25T01:00:00Z",
        period(CalendarUnit.HOUR, "Europe/Madrid", "2026-10-25T00:30:00Z"));
    assertEquals(
        "2026-10-25T01:00:00Z 2026-10-25T02:00:00Z",
        period(CalendarUnit.HOUR, "Europe/Madrid", "2026-10-25T01:30:00Z"));
  }

  /** A period ends where the next one begins, whatever clocks do. */
  @Test
  void periods_ofAnyZone_followOneAnother() {
    Random random = new Random(1);
    for (String name : ZONES) {
      ZoneId zone = ZoneId.of(name);
      for (CalendarUnit unit : CalendarUnit.values()) {
        for (int i = 0; i < 2_000; i++) {
          long time = ms("1985-01-01T00:00:00Z") + random.nextInt(15_000) * 86_400_000L;
          time += random.nextInt(86_400_000);
          check(unit, zone, time);
        }
      }
    }
  }

  @Test
  void periods_aroundEachChangeOfClocks_followOneAnother() {
    for (String name : ZONES) {
      ZoneId zone = ZoneId.of(name);
      for (CalendarUnit unit : CalendarUnit.values()) {
        zone.getRules()
            .getTransitions()
            .forEach(
                change -> {
                  for (long minute = -180; minute <= 180; minute += 10) {
                    check(unit, zone, change.toEpochSecond() * 1_000 + minute * 60_000);
                  }
                });
      }
    }
  }

  private static void check(CalendarUnit unit, ZoneId zone, long time) {
    String where = unit + " " + zone + " " + Instant.ofEpochMilli(time);
    long start = unit.startMs(time, zone);
    long end = unit.endMs(start, zone);
    assertTrue(start <= time && time < end, where);
    assertTrue(end - start <= unit.longestMs(), where);
    assertEquals(start, unit.startMs(start, zone), where);
    assertEquals(start, unit.startMs(end - 1, zone), where);
    assertEquals(end, unit.startMs(end, zone), where);
  }
}
