package io.vigia.core.feature;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;

/**
 * The periods of a calendar window. The word in the file is the name in lower case.
 *
 * <p><b>Shape.</b> Periods are {@code [start, end)} in the local time of a zone and follow one
 * another without gap or overlap, so that a day of a change of clocks has 23 or 25 hours:
 *
 * <pre>
 * day, Europe/Madrid
 * 2026-03-29T12:00 local  →  [2026-03-28T23:00Z, 2026-03-29T22:00Z)   23 hours
 * 2026-10-25T12:00 local  →  [2026-10-24T22:00Z, 2026-10-25T23:00Z)   25 hours
 * </pre>
 *
 * A week begins on Monday. A change of clocks begins an hour, so one that comes twice is two.
 */
public enum CalendarUnit {
  HOUR(1),
  DAY(48),
  WEEK(24 * 9),
  MONTH(24 * 33);

  private static final long HOUR_MS = 3_600_000;

  private final long longestMs;

  CalendarUnit(int longestHours) {
    this.longestMs = longestHours * 3_600_000L;
  }

  /** The word in the pipeline file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** No period is longer. */
  long longestMs() {
    return longestMs;
  }

  /** The beginning of the period that {@code timeMs} lies in. */
  public long startMs(long timeMs, ZoneId zone) {
    Instant time = Instant.ofEpochMilli(timeMs);
    if (this == HOUR) {
      long offset = zone.getRules().getOffset(time).getTotalSeconds() * 1_000L;
      long hour = Math.floorDiv(timeMs + offset, HOUR_MS) * HOUR_MS - offset;
      ZoneOffsetTransition change = zone.getRules().previousTransition(time.plusMillis(1));
      return change == null ? hour : Math.max(hour, change.toEpochSecond() * 1_000);
    }
    LocalDate date = firstDay(time.atZone(zone).toLocalDate());
    // Where clocks go back over midnight a date comes twice; the period it began stays begun.
    long next = instant(following(date), zone);
    return next <= timeMs ? next : instant(date, zone);
  }

  /** The end of the period that begins at {@code startMs}, which is the beginning of the next. */
  public long endMs(long startMs, ZoneId zone) {
    if (this == HOUR) {
      Instant start = Instant.ofEpochMilli(startMs);
      long offset = zone.getRules().getOffset(start).getTotalSeconds() * 1_000L;
      long hour = (Math.floorDiv(startMs + offset, HOUR_MS) + 1) * HOUR_MS - offset;
      ZoneOffsetTransition change = zone.getRules().nextTransition(start);
      return change == null ? hour : Math.min(hour, change.toEpochSecond() * 1_000);
    }
    LocalDate date = firstDay(Instant.ofEpochMilli(startMs).atZone(zone).toLocalDate());
    long end = instant(following(date), zone);
    // A date that a zone has left out has no period.
    while (end <= startMs) {
      date = following(date);
      end = instant(following(date), zone);
    }
    return end;
  }

  private LocalDate firstDay(LocalDate date) {
    return switch (this) {
      case HOUR, DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
    };
  }

  private LocalDate following(LocalDate first) {
    return switch (this) {
      case HOUR, DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
    };
  }

  private static long instant(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
