package io.vigia.wire.event;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Points of time as ISO 8601 text, {@code 2026-01-01T00:02:00Z}, read and written without calendar
 * objects.
 *
 * <p><b>Units and bounds.</b> Epoch milliseconds, years 0001 to 9999. Written in UTC, milliseconds
 * only when they are not zero. Read with {@code Z} or an offset, seconds optional, up to nine
 * places of a second of which three are kept; a space may stand for the {@code T}.
 *
 * <p><b>Source.</b> The calendar is Howard Hinnant's {@code days_from_civil} and its inverse.
 */
public final class IsoTime {
  /** The first millisecond of the year 0001. */
  static final long LEAST = -62_135_596_800_000L;

  /** The last millisecond of the year 9999. */
  static final long MOST = 253_402_300_799_999L;

  /** The text is no such time. */
  static final long MALFORMED = Long.MIN_VALUE;

  /** The time is beyond the years 0001 to 9999. */
  static final long BEYOND = Long.MIN_VALUE + 1;

  /** The text has no offset, and no zone is known that would say which. */
  static final long NO_OFFSET = Long.MIN_VALUE + 2;

  /** The most characters that are written. */
  public static final int LONGEST = 24;

  private static final long DAY_S = 86_400;

  private IsoTime() {}

  /** A time in UTC: {@code 2026-01-01T00:02:00Z}. */
  public static String format(long epochMs) {
    char[] text = new char[LONGEST];
    return new String(text, 0, format(epochMs, text));
  }

  /** Writes a time in UTC to the front of {@code text} and says how many characters it took. */
  public static int format(long epochMs, char[] text) {
    long seconds = Math.floorDiv(epochMs, 1000L);
    int millis = (int) Math.floorMod(epochMs, 1000L);
    long shifted = Math.floorDiv(seconds, DAY_S) + 719_468;
    int ofDay = (int) Math.floorMod(seconds, DAY_S);
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    two(text, 0, year / 100);
    two(text, 2, year % 100);
    text[4] = '-';
    two(text, 5, month);
    text[7] = '-';
    two(text, 8, day);
    text[10] = 'T';
    two(text, 11, ofDay / 3600);
    text[13] = ':';
    two(text, 14, ofDay / 60 % 60);
    text[16] = ':';
    two(text, 17, ofDay % 60);
    int at = 19;
    if (millis != 0) {
      text[at++] = '.';
      text[at++] = (char) ('0' + millis / 100);
      two(text, at, millis % 100);
      at += 2;
    }
    text[at++] = 'Z';
    return at;
  }

  private static void two(char[] text, int at, int value) {
    text[at] = (char) ('0' + value / 10);
    text[at + 1] = (char) ('0' + value % 10);
  }

  /** Epoch milliseconds of a time with {@code Z} or an offset; empty when the text is none. */
  public static OptionalLong parse(String text) {
    long time = parse(text.toCharArray(), 0, text.length(), null);
    return time > NO_OFFSET ? OptionalLong.of(time) : OptionalLong.empty();
  }

  /**
   * Reads a time.
   *
   * @param zone where a text without offset belongs, or null when it must have one
   * @return epoch milliseconds, or one of the constants
   */
  static long parse(char[] text, int from, int length, @Nullable LocalZone zone) {
    int end = from + length;
    if (length < 16
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || (text[from + 10] != 'T' && text[from + 10] != 't' && text[from + 10] != ' ')
        || text[from + 13] != ':') {
      return MALFORMED;
    }
    int year = number(text, from, 4);
    int month = number(text, from + 5, 2);
    int day = number(text, from + 8, 2);
    int hour = number(text, from + 11, 2);
    int minute = number(text, from + 14, 2);
    int second = 0;
    int millis = 0;
    int at = from + 16;
    if (at < end && text[at] == ':') {
      second = at + 3 <= end ? number(text, at + 1, 2) : -1;
      at += 3;
      if (at < end && text[at] == '.') {
        int places = 0;
        for (at++; at < end && text[at] >= '0' && text[at] <= '9'; at++, places++) {
          if (places < 3) {
            millis = millis * 10 + (text[at] - '0');
          }
        }
        for (int i = places; i < 3; i++) {
          millis *= 10;
        }
        if (places == 0 || places > 9) {
          return MALFORMED;
        }
      }
    }
    if (!isTime(hour, minute, second) || !isDate(year, month, day)) {
      return MALFORMED;
    }
    long local = epochSecond(year, month, day, hour, minute, second);
    if (at == end) {
      return zone == null ? NO_OFFSET : ranged(zone.epochSecond(local) * 1000 + millis);
    }
    int offset = offset(text, at, end);
    return offset == NONE ? MALFORMED : ranged((local - offset) * 1000 + millis);
  }

  private static final int NONE = Integer.MIN_VALUE;

  /** Seconds of {@code Z}, {@code +02:00}, {@code +0200} or {@code +02}. */
  private static int offset(char[] text, int at, int end) {
    int size = end - at;
    if (size == 1) {
      return (text[at] | 0x20) == 'z' ? 0 : NONE;
    }
    if ((text[at] != '+' && text[at] != '-')
        || !(size == 3 || size == 5 || (size == 6 && text[at + 3] == ':'))) {
      return NONE;
    }
    int hours = number(text, at + 1, 2);
    int minutes = size == 3 ? 0 : number(text, end - 2, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || (hours == 18 && minutes > 0)) {
      return NONE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return text[at] == '-' ? -seconds : seconds;
  }

  /** A time within the bounds, or {@link #BEYOND}. */
  static long ranged(long epochMs) {
    return epochMs < LEAST || epochMs > MOST ? BEYOND : epochMs;
  }

  /** The value of {@code count} digits; negative when one of them is none. */
  static int number(char[] text, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  static boolean isTime(int hour, int minute, int second) {
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  }

  static boolean isDate(int year, int month, int day) {
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Seconds since 1970 of a date and time of day as if they were in UTC. */
  static long epochSecond(int year, int month, int day, int hour, int minute, int second) {
    int shiftedYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shiftedYear, 400);
    int yearOfEra = shiftedYear - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    long days = era * 146_097L + dayOfEra - 719_468;
    return days * DAY_S + hour * 3600L + minute * 60L + second;
  }
}
