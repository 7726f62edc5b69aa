package io.vigia.core.expr;

import dev.cel.common.exceptions.CelNumericOverflowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/**
 * Functions of times by the calendar of a zone; without one, by UTC.
 *
 * <p><b>Units and bounds.</b> Milliseconds since 1970; results lie in the years 1 to 9999.
 */
final class TimeFunctions {
  static final String SIGNATURES =
      """
      timestamp.startOf(unit) timestamp
      timestamp.startOf(unit, zone) timestamp
      timestamp.plus(int, unit) timestamp
      timestamp.plus(int, unit, zone) timestamp
      timestamp.daysUntil(timestamp) int
      timestamp.daysUntil(timestamp, zone) int
      timestamp.isWeekend() bool
      timestamp.isWeekend(zone) bool
      timestamp.getIsoDayOfWeek() int
      timestamp.getIsoDayOfWeek(zone) int
      timestamp.getIsoWeek() int
      timestamp.getIsoWeek(zone) int""";

  /** No calendar that is counted by hours in int reaches further. */
  private static final long AMOUNT_MAX = 100_000_000L;

  private TimeFunctions() {}

  private static ZonedDateTime at(long timeMs, ZoneId zone) {
    return Instant.ofEpochMilli(timeMs).atZone(zone);
  }

  static long startOf(long timeMs, TimeUnit unit) {
    return startOf(timeMs, unit, ZoneOffset.UTC);
  }

  static long startOf(long timeMs, TimeUnit unit, ZoneId zone) {
    return checked(unit.startOf(at(timeMs, zone)));
  }

  static long plus(long timeMs, long amount, TimeUnit unit) {
    return plus(timeMs, amount, unit, ZoneOffset.UTC);
  }

  static long plus(long timeMs, long amount, TimeUnit unit, ZoneId zone) {
    if (amount > AMOUNT_MAX || amount < -AMOUNT_MAX) {
      throw outOfRange();
    }
    try {
      return checked(unit.plus(at(timeMs, zone), amount));
    } catch (DateTimeException e) {
      throw outOfRange();
    }
  }

  private static long checked(ZonedDateTime time) {
    if (time.toInstant().atOffset(ZoneOffset.UTC).getYear() < 1
        || time.toInstant().atOffset(ZoneOffset.UTC).getYear() > 9999) {
      throw outOfRange();
    }
    return time.toInstant().toEpochMilli();
  }

  private static CelNumericOverflowException outOfRange() {
    return new CelNumericOverflowException("time out of range");
  }

  /** How many midnights lie between two times; negative where the other is earlier. */
  static long daysUntil(long timeMs, long otherMs) {
    return daysUntil(timeMs, otherMs, ZoneOffset.UTC);
  }

  static long daysUntil(long timeMs, long otherMs, ZoneId zone) {
    return ChronoUnit.DAYS.between(at(timeMs, zone).toLocalDate(), at(otherMs, zone).toLocalDate());
  }

  static boolean isWeekend(long timeMs) {
    return isWeekend(timeMs, ZoneOffset.UTC);
  }

  static boolean isWeekend(long timeMs, ZoneId zone) {
    return getIsoDayOfWeek(timeMs, zone) > 5;
  }

  /** From 1, Monday, to 7. */
  static long getIsoDayOfWeek(long timeMs) {
    return getIsoDayOfWeek(timeMs, ZoneOffset.UTC);
  }

  static long getIsoDayOfWeek(long timeMs, ZoneId zone) {
    return at(timeMs, zone).getDayOfWeek().getValue();
  }

  /** The week of ISO 8601, 1 to 53. */
  static long getIsoWeek(long timeMs) {
    return getIsoWeek(timeMs, ZoneOffset.UTC);
  }

  static long getIsoWeek(long timeMs, ZoneId zone) {
    return at(timeMs, zone).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
