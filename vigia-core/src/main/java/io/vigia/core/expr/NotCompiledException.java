package io.vigia.core.expr;

import java.io.Serial;

/** An expression uses something that only the interpreter knows. */
final class NotCompiledException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  NotCompiledException(String what) {
    super(what, null, false, false);
  }
}
