package io.vigia.cli.lists;

import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigia lists remove}. */
@Command(
    name = "remove",
    header = "Take a value out of a list.",
    description = {
      "A value that the file declares stays out, whatever the file says later, until it is added again or --for is over; other values are forgotten."
    },
    customSynopsis =
        "vigia lists remove LIST VALUE [--for DURATION|--until TIME] [--note TEXT] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia lists remove blocked_cards c17",
      "  vigia lists remove blocked_cards c17 --for 7d --note ana"
    })
final class RemoveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin EntryChange change = new EntryChange();
  @Mixin HelpOption help = new HelpOption();

  RemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return change.make("DELETE", "is not in", terminal);
  }
}
