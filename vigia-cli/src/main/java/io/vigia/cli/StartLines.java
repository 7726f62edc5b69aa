package io.vigia.cli;

import io.vigia.cli.run.RunListener;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.Terminal;
import java.time.Duration;

/** Shows how a start goes on: one line that is rewritten on a terminal, a line a part otherwise. */
final class StartLines implements RunListener {
  private final Terminal terminal;

  StartLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void starting(String part) {
    if (terminal.isLive()) {
      terminal.status("starting " + part + " …");
    }
  }

  @Override
  public void ready(String part, long millis) {
    if (!terminal.isLive()) {
      terminal.note(part + " ready after " + Figures.seconds(Duration.ofMillis(millis)));
    }
  }

  @Override
  public void note(String line) {
    terminal.note(line);
  }
}
