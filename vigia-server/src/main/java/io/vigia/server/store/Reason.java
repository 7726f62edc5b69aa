package io.vigia.server.store;

/** Why something failed, in one line. */
final class Reason {
  private Reason() {}

  /** The first line of the innermost cause's message. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !cause.getCause().equals(cause)) {
      cause = cause.getCause();
    }
    String text = cause.getMessage();
    return text == null || text.isBlank()
        ? cause.getClass().getSimpleName()
        : text.lines().findFirst().orElse(text);
  }
}
