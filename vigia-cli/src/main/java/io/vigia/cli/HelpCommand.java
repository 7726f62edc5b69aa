package io.vigia.cli;

import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.Nearest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigia help COMMAND}, for those who ask that way. */
@Command(
    name = "help",
    header = "Explain a command.",
    description = {"The same as `vigia COMMAND --help`."},
    customSynopsis = "vigia help [COMMAND]",
    footerHeading = "%nExamples:%n",
    footer = {"  vigia help backtest"})
final class HelpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command to explain. Default: all of them in brief.")
  String command = "";

  @Mixin HelpOption help = new HelpOption();

  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!command.isEmpty() && !CommandLines.names().contains(command)) {
      throw new WrongInputException(
          "unknown command '" + command + "'", Nearest.help(command, CommandLines.names()));
    }
    String[] args = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
    return Main.run(args, terminal);
  }
}
