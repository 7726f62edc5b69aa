package io.vigia.cli;

/** How the command ends, as a number for scripts. */
public final class ExitCodes {
  /** Done. */
  public static final int DONE = 0;

  /** What the user gave is wrong: options, files, events, or a test that fails. */
  public static final int INPUT = 1;

  /** Something around Vigia failed. */
  public static final int ENVIRONMENT = 2;

  private ExitCodes() {}
}
