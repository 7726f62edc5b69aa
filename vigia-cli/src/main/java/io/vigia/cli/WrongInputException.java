package io.vigia.cli;

/**
 * What the user gave cannot be worked with, and it is no matter of a place in a file.
 *
 * <p>The message is one line that says what is wrong, {@link #nextStep()} one that says what to do;
 * either of them ends the command with exit code 1.
 */
public final class WrongInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String nextStep;

  public WrongInputException(String what, String nextStep) {
    super(what);
    this.nextStep = nextStep;
  }

  /** What to do, in the imperative; empty when that is plain. */
  public String nextStep() {
    return nextStep;
  }
}
