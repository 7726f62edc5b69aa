package io.vigia.core.expr;

import dev.cel.common.exceptions.CelBadFormatException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a function of the library takes or gives: the type in an expression, and how that is passed
 * to the static Java method which the function is.
 */
enum Parameter {
  STRING("string", SimpleType.STRING, String.class),
  INT("int", SimpleType.INT, long.class),
  DOUBLE("double", SimpleType.DOUBLE, double.class),
  BOOL("bool", SimpleType.BOOL, boolean.class),
  DECIMAL("decimal", DecimalFunctions.DECIMAL, BigDecimal.class),
  /** A number that becomes a decimal. */
  INT_AS_DECIMAL("int as decimal", SimpleType.INT, BigDecimal.class),
  DOUBLE_AS_DECIMAL("double as decimal", SimpleType.DOUBLE, BigDecimal.class),
  /** A decimal that becomes a double. */
  DECIMAL_AS_DOUBLE("decimal as double", DecimalFunctions.DECIMAL, double.class),
  /** Milliseconds, as in the slots of a row. */
  TIMESTAMP("timestamp", SimpleType.TIMESTAMP, long.class),
  DURATION("duration", SimpleType.DURATION, long.class),
  STRINGS("strings", ListType.create(SimpleType.STRING), List.class),
  /** Texts that are read once where they stand in the file. */
  ZONE("zone", SimpleType.STRING, ZoneId.class),
  UNIT("unit", SimpleType.STRING, TimeUnit.class),
  NETWORK("network", SimpleType.STRING, IpNetwork.class);

  private final String word;
  private final CelType celType;
  private final Class<?> javaType;

  Parameter(String word, CelType celType, Class<?> javaType) {
    this.word = word;
    this.celType = celType;
    this.javaType = javaType;
  }

  /** By the word of a signature. */
  static Parameter of(String word) {
    for (Parameter each : values()) {
      if (each.word.equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException("a parameter of the library: got " + word);
  }

  CelType celType() {
    return celType;
  }

  Class<?> javaType() {
    return javaType;
  }

  /** Whether it is a text that stands for something else. */
  boolean isRead() {
    return this == ZONE || this == UNIT || this == NETWORK;
  }

  /** What a text stands for; an exception where it stands for nothing. */
  Object read(String text) {
    return switch (this) {
      case ZONE -> zone(text);
      case UNIT -> TimeUnit.of(text);
      case NETWORK -> IpNetwork.parse(text);
      default -> text;
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new CelBadFormatException("no time zone");
    }
  }

  /** What a text must be here, with its article. */
  String noun() {
    return switch (this) {
      case ZONE -> "a time zone";
      case UNIT -> "a unit of the calendar";
      case NETWORK -> "a network of addresses";
      default -> "a " + word;
    };
  }

  String help() {
    return switch (this) {
      case ZONE -> "write it as \"Europe/Madrid\" or \"+02:00\"";
      case UNIT -> "write one of " + TimeUnit.words();
      case NETWORK -> "write it as \"10.0.0.0/8\" or \"2001:db8::/32\"";
      default -> "";
    };
  }

  /** The class of the interpreter's values. */
  Class<?> interpreted() {
    return switch (this) {
      case STRING, ZONE, UNIT, NETWORK -> String.class;
      case INT, INT_AS_DECIMAL -> Long.class;
      case DOUBLE, DOUBLE_AS_DECIMAL -> Double.class;
      case BOOL -> Boolean.class;
      case DECIMAL, DECIMAL_AS_DOUBLE -> BigDecimal.class;
      case TIMESTAMP -> Instant.class;
      case DURATION -> Duration.class;
      case STRINGS -> List.class;
    };
  }

  /** Passes a value of the interpreter to a method. */
  Object passed(Object value) {
    return switch (this) {
      case STRING, INT, DOUBLE, BOOL, DECIMAL, STRINGS -> value;
      case INT_AS_DECIMAL -> BigDecimal.valueOf((Long) value);
      case DOUBLE_AS_DECIMAL -> DecimalFunctions.decimal((Double) value);
      case DECIMAL_AS_DOUBLE -> ((BigDecimal) value).doubleValue();
      case TIMESTAMP -> ((Instant) value).toEpochMilli();
      case DURATION -> ((Duration) value).toMillis();
      case ZONE, UNIT, NETWORK -> read((String) value);
    };
  }

  /** Makes a value of the interpreter of what a method gives. */
  Object given(Object value) {
    return switch (this) {
      case TIMESTAMP -> Instant.ofEpochMilli((Long) value);
      case DURATION -> Duration.ofMillis((Long) value);
      default -> value;
    };
  }

  /** The Java expression that passes a compiled value to a method. */
  String passed(Code code, Function<Code, String> decimal) {
    return switch (this) {
      case INT_AS_DECIMAL, DOUBLE_AS_DECIMAL, DECIMAL -> decimal.apply(code);
      case DECIMAL_AS_DOUBLE -> decimal.apply(code) + ".doubleValue()";
      case STRING, INT, DOUBLE, BOOL, TIMESTAMP, DURATION -> code.text();
      case STRINGS, ZONE, UNIT, NETWORK -> throw new NotCompiledException(word);
    };
  }

  /** The kind of a compiled value, or null where there is none. */
  @Nullable Kind kind() {
    return Kind.of(celType);
  }

  /** A part of the name of an overload. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
