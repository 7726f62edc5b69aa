package io.vigia.core.expr;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.vigia.core.event.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * How a value is held while a compiled expression runs: in a local variable of one Java type.
 *
 * <p>Times and durations are milliseconds, as in the slots of a row; what is finer than that is
 * left to the interpreter.
 */
enum Kind {
  INT("long", "0L"),
  DOUBLE("double", "0.0D"),
  BOOL("boolean", "false"),
  STRING("String", "null"),
  DECIMAL("java.math.BigDecimal", "null"),
  TIME("long", "0L"),
  DURATION("long", "0L"),
  /** A list of the pipeline. */
  LIST("ValueList", "null");

  private final String javaType;
  private final String zero;

  Kind(String javaType, String zero) {
    this.javaType = javaType;
    this.zero = zero;
  }

  String javaType() {
    return javaType;
  }

  /** What a variable of this type begins with. */
  String zero() {
    return zero;
  }

  boolean isNumber() {
    return this == INT || this == DOUBLE || this == DECIMAL;
  }

  static Kind of(FieldType type) {
    return switch (type) {
      case STRING -> STRING;
      case INT -> INT;
      case DOUBLE -> DOUBLE;
      case BOOL -> BOOL;
      case TIMESTAMP -> TIME;
      case DECIMAL -> DECIMAL;
    };
  }

  /** The kind of a single value of a type of CEL, or null when there is none. */
  static @Nullable Kind of(CelType type) {
    if (type.equals(DecimalFunctions.DECIMAL)) {
      return DECIMAL;
    }
    return switch (type.kind()) {
      case INT -> INT;
      case DOUBLE -> DOUBLE;
      case BOOL -> BOOL;
      case STRING -> STRING;
      case TIMESTAMP -> TIME;
      case DURATION -> DURATION;
      default -> type.equals(SimpleType.TIMESTAMP) ? TIME : null;
    };
  }

  /** The expression that reads a slot of this kind. */
  String read(String slots, int slot) {
    return switch (this) {
      case INT, TIME, DURATION -> slots + ".number(" + slot + ")";
      case DOUBLE -> slots + ".real(" + slot + ")";
      case BOOL -> "(" + slots + ".number(" + slot + ") != 0L)";
      case DECIMAL -> slots + ".decimal(" + slot + ")";
      case STRING, LIST -> "((" + javaType + ") " + slots + ".held(" + slot + "))";
    };
  }

  /** The expression that makes an object of a value. */
  String boxed(String text) {
    return switch (this) {
      case INT -> "Long.valueOf(" + text + ")";
      case DOUBLE -> "Double.valueOf(" + text + ")";
      case BOOL -> "Boolean.valueOf(" + text + ")";
      case TIME -> "java.time.Instant.ofEpochMilli(" + text + ")";
      case DURATION -> "java.time.Duration.ofMillis(" + text + ")";
      case STRING, DECIMAL, LIST -> text;
    };
  }

  /** The expression that takes a value out of an object. */
  String unboxed(String object) {
    return switch (this) {
      case INT -> "((Long) " + object + ").longValue()";
      case DOUBLE -> "((Double) " + object + ").doubleValue()";
      case BOOL -> "((Boolean) " + object + ").booleanValue()";
      case TIME -> "((java.time.Instant) " + object + ").toEpochMilli()";
      case DURATION -> "((java.time.Duration) " + object + ").toMillis()";
      case STRING, DECIMAL, LIST -> "((" + javaType + ") " + object + ")";
    };
  }
}
