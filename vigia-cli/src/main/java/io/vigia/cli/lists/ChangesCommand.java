package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigia lists changes}. */
@Command(
    name = "changes",
    header = "Print what was said about lists, for a backtest.",
    description = {
      "A JSON object a line, as far back as the log keeps it: {\"list\",\"value\",\"in\",\"from\",\"until\",\"note\"}."
          + " `vigia backtest --lists FILE` decides with them."
    },
    customSynopsis = "vigia lists changes [LIST] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {"  vigia lists changes blocked_cards"})
final class ChangesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "LIST", description = "Only this list. Default: all.")
  @Nullable String list;

  @Mixin Target target = new Target();
  @Mixin HelpOption help = new HelpOption();

  ChangesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> lists = new ArrayList<>();
    if (list != null) {
      lists.add(list);
    } else {
      for (JsonNode each : target.get(target.path("", "")).path("lists")) {
        lists.add(each.path("list").asText());
      }
    }
    Gateway gateway = new Gateway(target.at);
    for (String name : lists) {
      try (InputStream changes = gateway.open(target.path(name, "/changes"), "*/*")) {
        changes.transferTo(terminal.out());
      } catch (IOException e) {
        throw new EnvironmentException(
            target.at + " broke off: " + Gateway.reason(e), "call again", e);
      }
    }
    return ExitCodes.DONE;
  }
}
