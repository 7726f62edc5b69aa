package io.vigia.cli;

import io.vigia.cli.terminal.Terminal;

/** The entry of the {@code vigia} command. */
public final class Main {
  private static final String LOG_SETTINGS = "log4j2.configurationFile";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_SETTINGS) == null) {
      System.setProperty(LOG_SETTINGS, "classpath:io/vigia/cli/log4j2.xml");
    }
    Terminal terminal = Terminal.ofProcess();
    int code = run(args, terminal);
    terminal.flush();
    // Threads of embedded servers and HTTP clients would keep the process alive.
    System.exit(code);
  }

  /** Runs one command in this process. */
  public static int run(String[] args, Terminal terminal) {
    try {
      return args.length == 0
          ? Welcome.show(terminal)
          : CommandLines.of(args, terminal).execute(args);
    } catch (Throwable e) { // an error such as too little memory, which no handler is given
      return new Failures(terminal).unexpected(e);
    }
  }
}
