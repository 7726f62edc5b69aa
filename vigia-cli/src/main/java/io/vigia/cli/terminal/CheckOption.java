package io.vigia.cli.terminal;

import picocli.CommandLine.Option;

/**
 * {@code --check-only}: says what is wrong with what a command is given, and does nothing else.
 *
 * <p>For the script that runs the command from its sources, which has long work to do before it and
 * asks first whether that is worth it. Users are not shown it.
 */
public final class CheckOption {
  @Option(names = "--check-only", hidden = true)
  boolean checkOnly;

  /** Whether it was given. */
  public boolean given() {
    return checkOnly;
  }
}
