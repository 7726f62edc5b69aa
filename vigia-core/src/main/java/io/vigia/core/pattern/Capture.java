package io.vigia.core.pattern;

import io.vigia.core.event.FieldType;

/**
 * One value that a partial match keeps of a step because a condition reads it.
 *
 * @param step the step's position in the pattern
 * @param field the field's name; empty for the count
 */
record Capture(int step, Kind kind, String field, FieldType type) {
  /** What is kept. */
  enum Kind {
    /** How many events the step has taken; 0 before the first. */
    COUNT,
    /** A field of the first. */
    FIRST,
    /** A field of the last. */
    LAST
  }

  /** As a condition reads it behind the step's name: {@code count}, {@code last.country}. */
  String part() {
    return switch (kind) {
      case COUNT -> "count";
      case FIRST -> "first." + field;
      case LAST -> "last." + field;
    };
  }
}
