package io.vigia.cli;

import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.Terminal;

/** What {@code vigia} alone shows: the five things a newcomer can do. */
final class Welcome {
  static final String[][] FIRST_STEPS = {
    {"vigia demo", "watch payments being decided and frauds being blocked"},
    {"vigia init minimal first", "make a pipeline of your own to change"},
    {"vigia test first/pipeline.yaml", "check it and run its tests, in a blink"},
    {"vigia run first/pipeline.yaml", "decide events as they come, on http://127.0.0.1:8080"},
    {"vigia send payments first/payments.csv", "in a second terminal: send it events of a file"},
  };

  private Welcome() {}

  static int show(Terminal terminal) {
    Ink ink = terminal.outInk();
    StringBuilder text = new StringBuilder();
    text.append(ink.strong("Vigia"))
        .append(" watches streams of events and acts on them while they still matter.\n\n")
        .append("Begin with\n\n");
    for (String[] step : FIRST_STEPS) {
      text.append("  ")
          .append(ink.strong(step[0]))
          .append(" ".repeat(Math.max(2, 42 - step[0].length())))
          .append(step[1])
          .append('\n');
    }
    text.append("\n`vigia --help` lists all commands, `vigia COMMAND --help` explains one.\n");
    terminal.out().print(text);
    return ExitCodes.DONE;
  }
}
