package io.vigia.wire.event;

import io.vigia.core.problem.ProblemCode;

/** Why a value is not taken, and what would be. */
enum Fault {
  /** Another type; the field says what it expects. */
  TYPE(ProblemCode.EVENT_FIELD_TYPE, ""),
  FRACTION(ProblemCode.EVENT_FIELD_TYPE, "a whole number"),
  RANGE(
      ProblemCode.EVENT_FIELD_TYPE,
      "a whole number from -9223372036854775808 to 9223372036854775807"),
  DOUBLE_RANGE(ProblemCode.EVENT_FIELD_TYPE, "a number at most 1e300 from zero"),
  DECIMAL_RANGE(
      ProblemCode.EVENT_FIELD_TYPE,
      "a decimal of at most 38 digits, at most 18 of them behind the point"),
  YEAR(ProblemCode.EVENT_FIELD_TYPE, "a time in the years 0001 to 9999"),
  OFFSET(ProblemCode.EVENT_FIELD_TYPE, "a time with its offset, such as 2026-01-31T08:30:00Z"),
  NUL(ProblemCode.EVENT_FIELD_TYPE, "a text without the character U+0000"),
  SURROGATE(
      ProblemCode.EVENT_FIELD_TYPE, "a text of whole characters, not half of a surrogate pair"),
  TEXT_LENGTH(ProblemCode.EVENT_LIMIT, "at most " + EventLimits.TEXT_CHARS + " characters"),
  NUMBER_LENGTH(
      ProblemCode.EVENT_LIMIT, "a number of at most " + EventLimits.NUMBER_CHARS + " characters");

  private final ProblemCode code;
  private final String expected;

  Fault(ProblemCode code, String expected) {
    this.code = code;
    this.expected = expected;
  }

  ProblemCode code() {
    return code;
  }

  String expected(FieldReader field) {
    return expected.isEmpty() ? field.expected() : expected;
  }

  /** The next step, or empty. */
  String help(FieldReader field) {
    return this == OFFSET
        ? "end the time with Z or an offset such as +02:00, or declare '"
            + field.name()
            + "' with a format and its zone"
        : "";
  }
}
