package io.vigia.cli.terminal;

import picocli.CommandLine.Option;

/** {@code --json}, which every command has that prints a result. */
public final class JsonOption {
  @Option(
      names = "--json",
      description =
          "Put the result as one JSON object on the last line; text goes to standard error.")
  boolean json;

  /** Whether it was given. */
  public boolean given() {
    return json;
  }
}
