package io.vigia.core.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives a text of the pipeline file its declared type: the values of lists and tests. */
public final class TextValue {
  private static final int DIGITS_MAX = 38;
  private static final int PLACES_MAX = 18;
  private static final double DOUBLE_MAX = 1e300;
  private static final int YEAR_MIN = 1;
  private static final int YEAR_MAX = 9999;

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

  private TextValue() {}

  /**
   * The value as {@link Slots#boxed} would give it, or null when the text is not of the type.
   *
   * <p><b>Shape.</b> Timestamps are ISO 8601 with an offset, bools {@code true} or {@code false}.
   *
   * <p><b>Units and bounds.</b> Those of {@link FieldType}; what lies beyond is not of the type.
   */
  public static @Nullable Object parse(FieldType type, String text) {
    try {
      return switch (type) {
        case STRING -> text;
        case INT -> WHOLE.matcher(text).matches() ? Long.valueOf(text) : null;
        case DOUBLE -> real(text);
        case BOOL ->
            text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        case TIMESTAMP -> instant(text);
        case DECIMAL -> decimal(text);
      };
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  /** As incoming decimals are kept: without trailing zeros behind the point, 38 digits at most. */
  private static @Nullable BigDecimal decimal(String text) {
    if (text.length() > 64 || !NUMBER.matcher(text).matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    if (value.scale() < -DIGITS_MAX || value.scale() > PLACES_MAX) {
      return null;
    }
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    return plain.precision() <= DIGITS_MAX ? plain : null;
  }

  private static @Nullable Double real(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text);
    return Math.abs(value) <= DOUBLE_MAX ? value : null;
  }

  private static @Nullable Instant instant(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    return time.getYear() >= YEAR_MIN && time.getYear() <= YEAR_MAX
        ? time.toInstant().truncatedTo(ChronoUnit.MILLIS)
        : null;
  }

  /** Sets a slot to a value that {@link #parse} gave. */
  public static void set(Slots into, int slot, Object value) {
    if (value instanceof Long number) {
      into.setNumber(slot, number);
    } else if (value instanceof Double real) {
      into.setReal(slot, real);
    } else if (value instanceof Boolean bool) {
      into.setNumber(slot, bool ? 1 : 0);
    } else if (value instanceof Instant instant) {
      into.setNumber(slot, instant.toEpochMilli());
    } else {
      into.setObject(slot, value);
    }
  }

  /** How a value of the type is written, for a help text. */
  public static String example(FieldType type) {
    return switch (type) {
      case STRING -> "text";
      case INT -> "42";
      case DOUBLE -> "0.5";
      case BOOL -> "true or false";
      case TIMESTAMP -> "2026-01-31T12:00:00Z";
      case DECIMAL -> "19.99";
    };
  }
}
