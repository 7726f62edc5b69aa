package io.vigia.core.decision;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * The hours of the week at which a rule is asked, by event time.
 *
 * <p><b>Shape.</b> {@code days: [mon..fri], from: '22:00', to: '06:00', zone: Europe/Madrid}:
 *
 * <pre>
 * local time       covered
 * Fri 21:59        no
 * Fri 22:00        yes
 * Sat 05:59        yes, the night belongs to the day on which it began
 * Sat 06:00        no
 * </pre>
 *
 * <p><b>Units and bounds.</b> {@code fromMinute} and {@code toMinute} count from local midnight, 0
 * to 1440, the first closed and the second open; the second may be the smaller one and lies on the
 * next day then. Wall clock time: where the clock is put forward or back, an hour is missing or
 * there twice. O(1).
 */
public record Schedule(Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone)
    implements Serializable {
  /** The minutes of a day. */
  public static final int DAY = 24 * 60;

  public Schedule {
    days = Set.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("schedule: must have a day, got none");
    }
    if (fromMinute < 0 || fromMinute >= DAY || toMinute < 0 || toMinute > DAY) {
      throw new IllegalArgumentException(
          "schedule: minutes must be within a day, got " + fromMinute + " to " + toMinute);
    }
    if (fromMinute == toMinute) {
      throw new IllegalArgumentException("schedule: from and to must differ, got " + fromMinute);
    }
  }

  /** Whether a rule is asked about an event of that time. */
  public boolean covers(long timeMs) {
    ZonedDateTime time = Instant.ofEpochMilli(timeMs).atZone(zone);
    int minute = time.getHour() * 60 + time.getMinute();
    DayOfWeek day = time.getDayOfWeek();
    if (fromMinute < toMinute) {
      return minute >= fromMinute && minute < toMinute && days.contains(day);
    }
    return (minute >= fromMinute && days.contains(day))
        || (minute < toMinute && days.contains(day.minus(1)));
  }
}
