package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

  private static void check(Schedule schedule, String time, boolean covered) {
    assertEquals(covered, schedule.covers(Instant.parse(time).toEpochMilli()), time);
  }

  @Test
  void covers_officeHours_areLocalAndHalfOpen() {
    Schedule office =
        new Schedule(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 540, 1080, MADRID);
    check(office, "2026-01-05T07:59:59.999Z", false);
    check(office, "2026-01-05T08:00:00Z", true);
    check(office, "2026-01-05T16:59:59.999Z", true);
    check(office, "2026-01-05T17:00:00Z", false);
    check(office, "2026-07-06T07:00:00Z", true);
    check(office, "2026-01-10T10:00:00Z", false);
  }

  @Test
  void covers_night_belongsToTheDayItBeganOn() {
    Schedule night = new Schedule(Set.of(DayOfWeek.FRIDAY), 22 * 60, 6 * 60, ZoneId.of("UTC"));
    check(night, "2026-01-09T21:59:00Z", false);
    check(night, "2026-01-09T22:00:00Z", true);
    check(night, "2026-01-10T05:59:59Z", true);
    check(night, "2026-01-10T06:00:00Z", false);
    check(night, "2026-01-10T22:00:00Z", false);
    check(night, "2026-01-09T03:00:00Z", false);
  }

  @Test
  void covers_wholeDays_haveNoGap() {
    Schedule monday = new Schedule(Set.of(DayOfWeek.MONDAY), 0, Schedule.DAY, MADRID);
    check(monday, "2026-01-04T23:00:00Z", true);
    check(monday, "2026-01-05T22:59:59.999Z", true);
    check(monday, "2026-01-05T23:00:00Z", false);
  }

  /** On the night of the change to summer time, 02:30 does not exist in Madrid. */
  @Test
  void covers_changeOfTheClock_goesByWhatItShows() {
    Schedule early = new Schedule(Set.of(DayOfWeek.SUNDAY), 120, 180, MADRID);
    check(early, "2026-03-29T00:59:59Z", false);
    check(early, "2026-03-29T01:00:00Z", false);
    check(early, "2026-10-25T00:30:00Z", true);
    check(early, "2026-10-25T01:30:00Z", true);
  }

  @Test
  void new_withoutTime_throws() {
    ZoneId utc = ZoneId.of("UTC");
    assertThrows(IllegalArgumentException.class, () -> new Schedule(Set.of(), 0, 60, utc));
    assertThrows(
        IllegalArgumentException.class, () -> new Schedule(Set.of(DayOfWeek.MONDAY), 60, 60, utc));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Schedule(Set.of(DayOfWeek.MONDAY), 0, Schedule.DAY + 1, utc));
  }
}
