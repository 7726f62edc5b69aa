package io.vigia.cli.lists;

import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigia lists add}. */
@Command(
    name = "add",
    header = "Put a value into a list.",
    description = {
      "It counts for every event that arrives once the command has ended. A value that is in the list already gets the new end and note."
    },
    customSynopsis =
        "vigia lists add LIST VALUE [--for DURATION|--until TIME] [--note TEXT] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia lists add blocked_cards c17",
      "  vigia lists add blocked_cards c17 --for 7d --note ana"
    })
final class AddCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin EntryChange change = new EntryChange();
  @Mixin HelpOption help = new HelpOption();

  AddCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return change.make("PUT", "is in", terminal);
  }
}
