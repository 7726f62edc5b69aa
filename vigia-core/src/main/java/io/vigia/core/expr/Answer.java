package io.vigia.core.expr;

/**
 * What a condition answers: true, false, or unknown because something it hangs on is missing.
 *
 * <p><b>Shape.</b> {@code because} says what is missing, and is empty for true and false.
 */
public record Answer(Truth truth, String because) {
  public static final Answer TRUE = new Answer(Truth.TRUE, "");
  public static final Answer FALSE = new Answer(Truth.FALSE, "");

  /** The three values of a condition. */
  public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  public static Answer of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  public static Answer unknown(String because) {
    return new Answer(Truth.UNKNOWN, because);
  }

  public boolean isTrue() {
    return truth == Truth.TRUE;
  }

  public boolean isUnknown() {
    return truth == Truth.UNKNOWN;
  }
}
