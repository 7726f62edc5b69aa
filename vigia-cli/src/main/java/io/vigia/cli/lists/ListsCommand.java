package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.terminal.Columns;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigia lists}: what lists there are; its own commands show and change one. */
@Command(
    name = "lists",
    header = "Show and change the lists of a running Vigia.",
    description = {
      "A list is declared in the pipeline file; its values can change while the pipeline runs. A"
          + " change counts for every event that arrives a quarter of a second after it, which is"
          + " when the command ends; it survives restarts and stands above what the file declares.",
      "",
      "Without a command: the lists, and how many values each has."
    },
    customSynopsis = "vigia lists [show|add|remove|import|changes] [ARGUMENTS] [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vigia lists",
      "  vigia lists show blocked_cards",
      "  vigia lists add blocked_cards c17 --for 7d --note stolen",
      "  vigia lists remove blocked_cards c17",
      "  vigia lists import blocked_cards stolen.csv",
      "  vigia lists changes blocked_cards",
      "",
      "`vigia lists COMMAND --help` explains one of them."
    })
public final class ListsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin Target target = new Target();

  @Option(names = "--json", description = "Print them as one JSON object.")
  boolean json;

  @Mixin HelpOption help = new HelpOption();

  private ListsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command with its own commands. */
  public static CommandLine of(Terminal terminal) {
    return new CommandLine(new ListsCommand(terminal))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new AddCommand(terminal))
        .addSubcommand(new RemoveCommand(terminal))
        .addSubcommand(new ImportCommand(terminal))
        .addSubcommand(new ChangesCommand(terminal));
  }

  @Override
  public Integer call() {
    JsonNode answer = target.get(target.path("", ""));
    if (json) {
      terminal.out().println(answer);
      return ExitCodes.DONE;
    }
    List<JsonNode> lists = StreamSupport.stream(answer.path("lists").spliterator(), false).toList();
    if (lists.isEmpty()) {
      terminal.note("no pipeline there declares a list");
      return ExitCodes.DONE;
    }
    int width = 4;
    for (JsonNode list : lists) {
      width = Math.max(width, list.path("list").asText().length());
    }
    print(width, "list", "of", "values", "declared", "changed", "pipeline");
    for (JsonNode list : lists) {
      print(
          width,
          list.path("list").asText(),
          list.path("of").asText(),
          list.path("entries").asText(),
          list.path("declared").asText(),
          list.path("changed").asText(),
          list.path("pipeline").asText());
    }
    return ExitCodes.DONE;
  }

  private void print(
      int width,
      String list,
      String of,
      String entries,
      String declared,
      String changed,
      String pipeline) {
    terminal
        .out()
        .println(
            "  "
                + Columns.left(list, width)
                + "  "
                + Columns.left(of, 9)
                + Columns.right(entries, 9)
                + Columns.right(declared, 10)
                + Columns.right(changed, 9)
                + "  "
                + pipeline);
  }
}
