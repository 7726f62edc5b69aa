package io.vigia.core.problem;

/**
 * Something around Vigia failed: a port is taken, a folder cannot be read, a server does not
 * answer.
 *
 * <p>The message is one line that says what happened; {@link #nextStep()} is one line that says
 * what to do about it. The command prints both and ends with exit code 2; a user never sees a stack
 * trace for it. A mistake in the user's own input is never this, it is a {@link Problem}.
 */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String nextStep;

  public EnvironmentException(String what, String nextStep) {
    super(what);
    this.nextStep = nextStep;
  }

  public EnvironmentException(String what, String nextStep, Throwable cause) {
    super(what, cause);
    this.nextStep = nextStep;
  }

  /** What the user can do about it, in the imperative, without a full stop. */
  public String nextStep() {
    return nextStep;
  }
}
