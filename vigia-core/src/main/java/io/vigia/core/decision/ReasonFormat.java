package io.vigia.core.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a value in a reason is written, when its author says so behind a bar: <code>{{spend|0.00}}
 * </code>.
 *
 * <p><b>Shape.</b>
 *
 * <pre>
 * format              of          1234.5 gives
 * 0  0.00             numbers     1234  1234.50
 * ,0  ,0.00           numbers     1,234  1,234.50
 * 0%  0.0%            numbers     123450%  123450.0%
 * EUR                 numbers     1,234.50 EUR, with the currency's own number of places
 *
 * format              of          49h5m7s gives
 * d  h  m  s          durations   2d  2d1h  2d1h5m  2d1h5m7s, what is finer is cut
 *
 * format              of          2026-01-31T12:30:05Z gives
 * Europe/Madrid       times       2026-01-31 13:30:05
 * date Europe/Madrid  times       2026-01-31
 * time Europe/Madrid  times       13:30
 * </pre>
 *
 * <p><b>Units and bounds.</b> Numbers are rounded half-even, of at most {@value #PLACES_MAX}
 * places; those of more than {@value #DIGITS_MAX} digits are written as without a format. Nothing
 * hangs on a locale.
 */
abstract class ReasonFormat {
  static final int PLACES_MAX = 12;
  private static final int DIGITS_MAX = 40;
  private static final Pattern NUMBER = Pattern.compile("(,?)0(?:\\.(0{1,12}))?(%?)");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern MOMENT = Pattern.compile("(?:(date|time)\\s+)?(\\S{1,64})");
  private static final String UNITS = "dhms";

  /** What a format is for. */
  enum Kind {
    NUMBERS("numbers", "0"),
    DURATIONS("durations", "duration(\"0s\")"),
    TIMES("times", "now");

    private final String noun;
    private final String zero;

    Kind(String noun, String zero) {
      this.noun = noun;
      this.zero = zero;
    }

    String noun() {
      return noun;
    }

    /** An expression that values of the kind can be compared with, and others not. */
    String zero() {
      return zero;
    }
  }

  private final Kind kind;

  private ReasonFormat(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** The value as text; null where it is none that this format is for. */
  abstract @Nullable String of(Object value);

  /** The format of that name, if there is one. */
  static Optional<ReasonFormat> named(String text) {
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      int places = number.group(2) == null ? 0 : number.group(2).length();
      return Optional.of(
          new Numbers(places, !number.group(1).isEmpty(), !number.group(3).isEmpty(), ""));
    }
    if (text.length() == 1 && UNITS.contains(text)) {
      return Optional.of(new Durations(UNITS.indexOf(text)));
    }
    if (CURRENCY.matcher(text).matches() && !text.equals("UTC") && !text.equals("GMT")) {
      return currency(text);
    }
    return moment(text);
  }

  private static Optional<ReasonFormat> currency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .filter(currency -> currency.getCurrencyCode().equals(code))
        .findFirst()
        .map(c -> new Numbers(Math.max(0, c.getDefaultFractionDigits()), true, false, " " + code));
  }

  private static Optional<ReasonFormat> moment(String text) {
    Matcher moment = MOMENT.matcher(text);
    if (!moment.matches()) {
      return Optional.empty();
    }
    String part = moment.group(1);
    String pattern =
        part == null ? "uuuu-MM-dd HH:mm:ss" : part.equals("date") ? "uuuu-MM-dd" : "HH:mm";
    try {
      ZoneId zone = ZoneId.of(moment.group(2));
      return Optional.of(
          new Times(DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Numbers with a fixed number of places. */
  private static final class Numbers extends ReasonFormat {
    private final int places;
    private final boolean grouped;
    private final boolean percent;
    private final String unit;

    Numbers(int places, boolean grouped, boolean percent, String unit) {
      super(Kind.NUMBERS);
      this.places = places;
      this.grouped = grouped;
      this.percent = percent;
      this.unit = unit;
    }

    @Override
    @Nullable String of(Object value) {
      BigDecimal number = number(value);
      if (number == null || number.precision() - (long) number.scale() > DIGITS_MAX) {
        return null;
      }
      BigDecimal scaled = percent ? number.movePointRight(2) : number;
      BigDecimal rounded = scaled.setScale(places, RoundingMode.HALF_EVEN);
      // A rounded zero has no sign.
      String digits = rounded.abs().toPlainString();
      String text = grouped ? grouped(digits) : digits;
      return (rounded.signum() < 0 ? "-" : "") + text + (percent ? "%" : "") + unit;
    }

    private static @Nullable BigDecimal number(Object value) {
      if (value instanceof Double real) {
        return Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
      }
      return value instanceof BigDecimal decimal
          ? decimal
          : value instanceof Long whole ? BigDecimal.valueOf(whole) : null;
    }

    private static String grouped(String digits) {
      int point = digits.indexOf('.');
      StringBuilder text = new StringBuilder(digits);
      for (int at = (point < 0 ? digits.length() : point) - 3; at > 0; at -= 3) {
        text.insert(at, ',');
      }
      return text.toString();
    }
  }

  /** Durations down to a unit. */
  private static final class Durations extends ReasonFormat {
    private final int finest;

    Durations(int finest) {
      super(Kind.DURATIONS);
      this.finest = finest;
    }

    @Override
    @Nullable String of(Object value) {
      if (!(value instanceof Duration duration)) {
        return null;
      }
      ChronoUnit unit =
          switch (finest) {
            case 0 -> ChronoUnit.DAYS;
            case 1 -> ChronoUnit.HOURS;
            case 2 -> ChronoUnit.MINUTES;
            default -> ChronoUnit.SECONDS;
          };
      Duration cut = duration.abs().truncatedTo(unit);
      return cut.isZero()
          ? "0" + UNITS.charAt(finest)
          : ReasonTemplate.format(duration.isNegative() ? cut.negated() : cut);
    }
  }

  /** Times in a zone. */
  private static final class Times extends ReasonFormat {
    private final DateTimeFormatter formatter;

    Times(DateTimeFormatter formatter) {
      super(Kind.TIMES);
      this.formatter = formatter;
    }

    @Override
    @Nullable String of(Object value) {
      return value instanceof Instant instant ? formatter.format(instant) : null;
    }
  }
}
