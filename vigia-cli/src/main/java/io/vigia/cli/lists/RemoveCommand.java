package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(index = "0", arity = "1", paramLabel = "LIST", description = "The list.")
  String list = "";

  @Parameters(index = "1", arity = "1", paramLabel = "VALUE", description = "The value.")
  String value = "";

  @Mixin Period period = new Period();

  @Option(names = "--json", description = "Print the entry as one JSON object.")
  boolean json;

  @Mixin Target target = new Target();
  @Mixin HelpOption help = new HelpOption();

  RemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JsonNode entry =
        target.send(
            "DELETE",
            target.path(list, "/entries/" + Gateway.encode(value)),
            "application/json",
            period.body().toString().getBytes(StandardCharsets.UTF_8));
    if (json) {
      terminal.out().println(entry);
    } else {
      String until = entry.path("until").asText("");
      terminal
          .out()
          .println(
              entry.path("value").asText()
                  + " is not in "
                  + list
                  + (until.isEmpty() ? "" : " until " + until));
    }
    return ExitCodes.DONE;
  }
}
