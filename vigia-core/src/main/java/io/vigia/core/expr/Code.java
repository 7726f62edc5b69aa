package io.vigia.core.expr;

import org.jspecify.annotations.Nullable;

/**
 * A part of an expression as Java: an expression without effects.
 *
 * <p>{@code missing} names a variable whose bits say what the value hangs on and lacks, or is null
 * when it lacks nothing ever. Only where it is 0 may {@code text} be evaluated. {@code constant} is
 * the value where it is known beforehand. {@code packed} gives a decimal as one word, {@link
 * io.vigia.core.event.PackedDecimal#WIDE} where it does not fit; null where there is no such form.
 */
record Code(
    Kind kind,
    String text,
    @Nullable String missing,
    @Nullable Object constant,
    @Nullable String packed) {

  Code(Kind kind, String text, @Nullable String missing, @Nullable Object constant) {
    this(kind, text, missing, constant, null);
  }

  /** A value that is always there. */
  static Code sure(Kind kind, String text) {
    return new Code(kind, text, null, null);
  }

  static Code constant(Kind kind, String text, Object value) {
    return new Code(kind, text, null, value);
  }

  /** The same with a packed form. */
  Code packedAs(@Nullable String form) {
    return new Code(kind, text, missing, constant, form);
  }

  boolean isSure() {
    return missing == null;
  }

  /** The Java condition under which the value is there and, a bool, true. */
  String ifTrue() {
    return missing == null ? text : missing + " == 0L && " + text;
  }

  /** The Java condition under which the value, a bool, is not known to be false. */
  String unlessFalse() {
    return missing == null ? text : "(" + missing + " != 0L || " + text + ")";
  }

  /** The bits of what is missing. */
  String bits() {
    return missing == null ? "0L" : missing;
  }
}
