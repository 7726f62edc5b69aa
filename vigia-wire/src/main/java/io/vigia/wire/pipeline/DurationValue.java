package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time: {@code 250ms}, {@code 5m}, {@code 1h30m}.
 *
 * <p><b>Units and bounds.</b> Whole numbers of {@code d h m s ms}, each at most once and in this
 * order; at most {@code mostMs}, more than nothing unless {@code zero}.
 */
record DurationValue(boolean zero, long mostMs) implements ValueType {
  private static final long DAY_MS = 86_400_000L;

  /** Ten years, longer than any log is kept. */
  static final long LONGEST_MS = 3650 * DAY_MS;

  private static final int LONGEST_TEXT = 60;

  private static final String PATTERN =
      "^(?!$)([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";
  private static final Pattern WRITTEN = Pattern.compile(PATTERN);
  private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms");
  private static final long[] UNIT_MS = {DAY_MS, 3_600_000L, 60_000L, 1000L, 1L};

  /** What other people write, in the units that we have. */
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("msec", "1ms"),
          Map.entry("millis", "1ms"),
          Map.entry("millisecond", "1ms"),
          Map.entry("sec", "1s"),
          Map.entry("second", "1s"),
          Map.entry("min", "1m"),
          Map.entry("minute", "1m"),
          Map.entry("hr", "1h"),
          Map.entry("hour", "1h"),
          Map.entry("day", "1d"),
          Map.entry("w", "7d"),
          Map.entry("week", "7d"));

  private static final Pattern ROUGHLY =
      Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)\\s*([A-Za-z]+)");

  static DurationValue positive() {
    return new DurationValue(false, LONGEST_MS);
  }

  static DurationValue orZero() {
    return new DurationValue(true, LONGEST_MS);
  }

  /** The milliseconds of a checked text. */
  static long ms(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("duration: got '" + text + "'"));
  }

  /** Milliseconds, cut off at {@link Long#MAX_VALUE}; empty when the text is no duration. */
  private static OptionalLong parse(String text) {
    if (text.length() > LONGEST_TEXT) {
      return OptionalLong.empty();
    }
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return OptionalLong.empty();
    }
    long ms = 0;
    for (int i = 0; i < UNITS.size(); i++) {
      String part = written.group(i + 1);
      if (part != null) {
        ms = plus(ms, part.substring(0, part.length() - UNITS.get(i).length()), UNIT_MS[i]);
      }
    }
    return OptionalLong.of(ms);
  }

  private static long plus(long ms, String digits, long unitMs) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    if (ms == Long.MAX_VALUE || number.length() > 15) {
      return Long.MAX_VALUE;
    }
    try {
      return Math.addExact(ms, Math.multiplyExact(Long.parseLong(number), unitMs));
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** As authors write it: {@code 1h30m}. */
  static String format(long ms) {
    StringBuilder text = new StringBuilder();
    long rest = ms;
    for (int i = 0; i < UNITS.size(); i++) {
      if (rest >= UNIT_MS[i]) {
        text.append(rest / UNIT_MS[i]).append(UNITS.get(i));
        rest %= UNIT_MS[i];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  @Override
  public String noun() {
    return "a duration";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    OptionalLong ms = parse(text);
    if (ms.isEmpty()) {
      return Optional.of(
          Complaint.badValue(
              "expected a duration, found " + Quote.of(text),
              meant(text)
                  .map(meant -> "write " + meant)
                  .orElse("write a whole number and a unit (ms s m h d): 30s, 5m, 1h30m, 7d")));
    }
    if (ms.getAsLong() == 0 && !zero) {
      return Optional.of(
          Complaint.badValue(
              "a duration must be longer than nothing, found " + Quote.of(text), ""));
    }
    return ms.getAsLong() <= mostMs
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                ProblemCode.OVER_LIMIT,
                "expected at most " + longest() + ", found " + Quote.of(text),
                ""));
  }

  private String longest() {
    return mostMs % DAY_MS == 0 ? mostMs / DAY_MS + "d" : format(mostMs);
  }

  /** The duration that another spelling stands for: {@code 1.5 hours}, {@code PT5M}. */
  private static Optional<String> meant(String text) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    String joined = text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    if (parse(joined).orElse(0) > 0) {
      return Optional.of(joined);
    }
    Matcher rough = ROUGHLY.matcher(text.strip());
    if (!rough.matches()) {
      return iso(text);
    }
    String unit = rough.group(2).toLowerCase(Locale.ROOT);
    String singular =
        unit.length() > 2 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    String one =
        UNITS.contains(unit)
            ? "1" + unit
            : SYNONYMS.getOrDefault(unit, SYNONYMS.getOrDefault(singular, ""));
    if (one.isEmpty()) {
      return Optional.empty();
    }
    double ms = Double.parseDouble(rough.group(1)) * ms(one);
    return ms >= 1 && ms == Math.rint(ms) ? Optional.of(format((long) ms)) : Optional.empty();
  }

  private static Optional<String> iso(String text) {
    try {
      Duration duration = Duration.parse(text);
      boolean fits =
          !duration.isNegative()
              && !duration.isZero()
              && duration.compareTo(Duration.ofDays(3650)) <= 0;
      return fits ? Optional.of(format(duration.toMillis())) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public ObjectNode schema() {
    String pattern = zero ? PATTERN : "^(?!0+(d|h|m|s|ms)$)" + PATTERN.substring(1);
    return JsonNodeFactory.instance.objectNode().put("type", "string").put("pattern", pattern);
  }
}
