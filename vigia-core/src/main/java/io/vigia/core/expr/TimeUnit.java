package io.vigia.core.expr;

import dev.cel.common.exceptions.CelBadFormatException;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A unit of the calendar by which functions of time count. */
enum TimeUnit {
  HOUR,
  DAY,
  /** From Monday on. */
  WEEK,
  MONTH,
  YEAR;

  static TimeUnit of(String word) {
    for (TimeUnit unit : values()) {
      if (unit.word().equals(word)) {
        return unit;
      }
    }
    throw new CelBadFormatException("no unit of the calendar");
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, for people. */
  static String words() {
    return Arrays.stream(values())
        .map(unit -> "\"" + unit.word() + "\"")
        .collect(Collectors.joining(", "));
  }

  /** The first moment of the unit in which a time lies. */
  ZonedDateTime startOf(ZonedDateTime time) {
    return switch (this) {
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day(time);
      case WEEK -> day(time.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH -> day(time.withDayOfMonth(1));
      case YEAR -> day(time.withDayOfYear(1));
    };
  }

  /** Where clocks are put forward at midnight, a day begins later. */
  private static ZonedDateTime day(ZonedDateTime time) {
    return time.toLocalDate().atStartOfDay(time.getZone());
  }

  /** As the calendar counts: a month after the 31st of January is the last day of February. */
  ZonedDateTime plus(ZonedDateTime time, long amount) {
    return switch (this) {
      case HOUR -> time.plusHours(amount);
      case DAY -> time.plusDays(amount);
      case WEEK -> time.plusWeeks(amount);
      case MONTH -> time.plusMonths(amount);
      case YEAR -> time.plusYears(amount);
    };
  }
}
