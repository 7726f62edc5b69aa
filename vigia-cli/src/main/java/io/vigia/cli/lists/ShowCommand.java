package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.terminal.Columns;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigia lists show}. */
@Command(
    name = "show",
    header = "Show the values of a list.",
    description = {
      "In the order of their texts, with where each comes from, how long it counts and its note;"
          + " what has ended as well."
    },
    customSynopsis = "vigia lists show LIST [--search TEXT] [--limit N] [--after VALUE] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia lists show blocked_cards",
      "  vigia lists show blocked_cards --search stolen --json"
    })
final class ShowCommand implements Callable<Integer> {
  private static final int WIDTH_MAX = 40;

  private final Terminal terminal;

  @Parameters(arity = "1", paramLabel = "LIST", description = "The list.")
  String list = "";

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "Only values that have this text in them or in their note.")
  String search = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, 1000 at most. Default: ${DEFAULT-VALUE}.")
  int limit = 50;

  @Option(
      names = "--after",
      paramLabel = "VALUE",
      description = "Only what comes after this value.")
  String after = "";

  @Option(names = "--json", description = "Print the page as one JSON object.")
  boolean json;

  @Mixin Target target = new Target();
  @Mixin HelpOption help = new HelpOption();

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JsonNode page =
        target.get(
            target.path(
                list, "", "search", search, "after", after, "limit", Integer.toString(limit)));
    if (json) {
      terminal.out().println(page);
      return ExitCodes.DONE;
    }
    int width = 0;
    for (JsonNode entry : page.path("values")) {
      width = Math.max(width, Math.min(WIDTH_MAX, entry.path("value").asText().length()));
    }
    for (JsonNode entry : page.path("values")) {
      boolean in = entry.path("in").asBoolean();
      terminal
          .out()
          .println(
              (in ? "  " : "- ")
                  + Columns.left(entry.path("value").asText(), width)
                  + "  "
                  + EntryLine.state(entry));
    }
    if (page.path("values").isEmpty()) {
      terminal.note(
          search.isEmpty()
              ? "list '" + list + "' is empty"
              : "no value of list '" + list + "' has '" + search + "' in it");
    }
    if (page.path("next").isTextual()) {
      terminal.note("there are more: --after '" + page.path("next").asText() + "'");
    }
    return ExitCodes.DONE;
  }
}
