package io.vigia.wire.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@link DateTimeFormatter} pattern such as {@code yyyy-MM-dd HH:mm:ss}, with its zone. */
final class PatternTime implements TimeText {
  /*
   * A pattern of plain digits at fixed places, which most are, is read directly; the formatter takes
   * a microsecond and some thirty objects for it. Whatever else a pattern can say is left to the
   * formatter, strictly: the 31st of February is a mistake and not the 28th. A pattern's `y` is read
   * as `u`, because a strict year of an era wants an era beside it.
   */
  private static final List<String> PARTS = List.of("yyyy", "MM", "dd", "HH", "mm", "ss");
  private static final Pattern PLAIN =
      Pattern.compile("(yyyy|MM|dd|HH|mm|ss|'T'|[ -@&&[^'#]])*(?:S{1,9})?");

  private final String pattern;
  private final DateTimeFormatter formatter;
  private final @Nullable LocalZone zone;

  /** The pattern with its letters, where it is plain digits; null where only the formatter can. */
  private final char @Nullable [] plain;

  private PatternTime(
      String pattern,
      DateTimeFormatter formatter,
      @Nullable LocalZone zone,
      char @Nullable [] plain) {
    this.pattern = pattern;
    this.formatter = formatter;
    this.zone = zone;
    this.plain = plain;
  }

  /** A pattern, which must be one that {@link DateTimeFormatter} knows. */
  static PatternTime of(String pattern, @Nullable ZoneId zone) {
    return new PatternTime(
        pattern,
        DateTimeFormatter.ofPattern(strictYears(pattern), Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT),
        zone == null ? null : new LocalZone(zone),
        zone == null ? null : plain(pattern));
  }

  private static String strictYears(String pattern) {
    StringBuilder strict = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      strict.append(c == 'y' && !quoted ? 'u' : c);
    }
    return strict.toString();
  }

  /**
   * The letters y M d H m s S, each standing for a digit, among characters that stand for
   * themselves.
   */
  private static char @Nullable [] plain(String pattern) {
    String letters = pattern.replace('u', 'y');
    boolean once = PLAIN.matcher(letters).matches();
    for (String part : PARTS) {
      once &= letters.indexOf(part) == letters.lastIndexOf(part);
    }
    boolean nested =
        letters.contains("yyyy")
            && letters.contains("MM")
            && letters.contains("dd")
            && (!letters.contains("S") || letters.contains("ss"))
            && (!letters.contains("ss") || letters.contains("mm"))
            && (!letters.contains("mm") || letters.contains("HH"));
    return once && nested ? letters.replace("'", "").toCharArray() : null;
  }

  @Override
  public boolean takesNumbers() {
    return false;
  }

  @Override
  public long number(NumberText number) {
    return IsoTime.MALFORMED;
  }

  @Override
  public String expected() {
    return "a timestamp written " + pattern;
  }

  @Override
  public long text(char[] chars, int from, int length) {
    return plain == null || zone == null
        ? formatted(new String(chars, from, length))
        : digits(plain, zone, chars, from, from + length);
  }

  private static long digits(char[] plain, LocalZone zone, char[] chars, int from, int end) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int millis = 0;
    int millisUnit = 100;
    int at = from;
    for (int i = 0; i < plain.length; i++, at++) {
      if (at == end) {
        return IsoTime.MALFORMED;
      }
      char part = plain[i];
      if (part < 'A' || part == 'T') {
        if (chars[at] != part) {
          return IsoTime.MALFORMED;
        }
        continue;
      }
      int digit = chars[at] - '0';
      if (digit < 0 || digit > 9) {
        return IsoTime.MALFORMED;
      }
      switch (part) {
        case 'y' -> year = year * 10 + digit;
        case 'M' -> month = month * 10 + digit;
        case 'd' -> day = day * 10 + digit;
        case 'H' -> hour = hour * 10 + digit;
        case 'm' -> minute = minute * 10 + digit;
        case 's' -> second = second * 10 + digit;
        default -> {
          millis += digit * millisUnit;
          millisUnit /= 10;
        }
      }
    }
    if (at != end || !IsoTime.isDate(year, month, day) || !IsoTime.isTime(hour, minute, second)) {
      return IsoTime.MALFORMED;
    }
    long local = IsoTime.epochSecond(year, month, day, hour, minute, second);
    return IsoTime.ranged(zone.epochSecond(local) * 1000 + millis);
  }

  private long formatted(String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
        return ranged(Instant.from(parsed));
      }
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      if (date == null) {
        return IsoTime.MALFORMED;
      }
      LocalDateTime local = LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time);
      ZoneId offset = parsed.query(TemporalQueries.zone());
      if (offset != null) {
        return ranged(local.atZone(offset).toInstant());
      }
      if (zone == null) {
        return IsoTime.NO_OFFSET;
      }
      long second = zone.epochSecond(local.toEpochSecond(ZoneOffset.UTC));
      return ranged(Instant.ofEpochSecond(second, local.get(ChronoField.NANO_OF_SECOND)));
    } catch (DateTimeException e) {
      return IsoTime.MALFORMED;
    }
  }

  private static long ranged(Instant instant) {
    return instant.getEpochSecond() < IsoTime.LEAST / 1000
            || instant.getEpochSecond() > IsoTime.MOST / 1000
        ? IsoTime.BEYOND
        : instant.toEpochMilli();
  }
}
