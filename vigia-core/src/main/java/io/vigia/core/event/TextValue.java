package io.vigia.core.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Gives a text of the pipeline file its declared type: the values of lists and tests. */
public final class TextValue {
  private static final int DIGITS_MAX = 38;
  private static final int PLACES_MAX = 18;

  private TextValue() {}

  /**
   * The value as {@link Slots#boxed} would give it, or null when the text is not of the type.
   *
   * <p><b>Shape.</b> Timestamps are ISO 8601 with an offset, bools {@code true} or {@code false}.
   */
  public static @Nullable Object parse(FieldType type, String text) {
    try {
      return switch (type) {
        case STRING -> text;
        case INT -> Long.valueOf(text);
        case DOUBLE -> finite(Double.valueOf(text));
        case BOOL ->
            text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        case TIMESTAMP -> instant(text);
        case DECIMAL -> decimal(text);
      };
    } catch (NumberFormatException | DateTimeParseException e) {
      return null;
    }
  }

  /** As incoming decimals are kept: without trailing zeros behind the point, 38 digits at most. */
  private static @Nullable BigDecimal decimal(String text) {
    if (text.length() > 64) {
      return null;
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    if (value.scale() < -DIGITS_MAX || value.scale() > PLACES_MAX) {
      return null;
    }
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    return plain.precision() <= DIGITS_MAX ? plain : null;
  }

  private static @Nullable Double finite(Double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Instant instant(String text) {
    return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
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
