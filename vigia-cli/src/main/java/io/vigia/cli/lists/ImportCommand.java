package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.terminal.Figures;
import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigia lists import}. */
@Command(
    name = "import",
    header = "Put many values into a list.",
    description = {
      "The file has a value a line, or CSV whose first line names the columns value, for, until and"
          + " note (.csv, .txt), or an object of these or a value a line (.ndjson, .jsonl). Lines"
          + " that are no good are told and cost only themselves; they make the exit code 1."
    },
    customSynopsis = "vigia lists import LIST FILE [OPTIONS]",
    footerHeading = "%nExamples:%n",
    footer = {"  vigia lists import blocked_cards stolen.csv"})
final class ImportCommand implements Callable<Integer> {
  private static final long BYTES_MAX = 16L << 20;
  private static final int TOLD_MAX = 20;

  private final Terminal terminal;

  @Parameters(index = "0", arity = "1", paramLabel = "LIST", description = "The list.")
  String list = "";

  @Parameters(index = "1", arity = "1", paramLabel = "FILE", description = "The values.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print what became of it as one JSON object.")
  boolean json;

  @Mixin Target target = new Target();
  @Mixin HelpOption help = new HelpOption();

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    JsonNode answer = target.send("POST", target.path(list, "/entries"), type(), content());
    int accepted = answer.path("accepted").asInt();
    JsonNode rejected = answer.path("rejected");
    if (json) {
      terminal.out().println(answer);
    } else {
      terminal.out().println(Figures.count(accepted, "value") + " put into " + list);
    }
    int told = 0;
    for (JsonNode line : rejected) {
      if (told++ == TOLD_MAX) {
        terminal.note("… and " + Figures.count(rejected.size() - TOLD_MAX) + " more");
        break;
      }
      JsonNode problem = line.path("problems").path(0);
      terminal.note(
          file + ":" + line.path("line").asInt() + "  " + problem.path("message").asText());
    }
    return rejected.isEmpty() ? ExitCodes.DONE : ExitCodes.INPUT;
  }

  private String type() {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".txt")) {
      return "text/csv";
    }
    if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
      return "application/x-ndjson";
    }
    throw new WrongInputException(
        "'" + file + "': the kind of file is told by its name",
        "end it with .csv, .txt, .ndjson or .jsonl");
  }

  private byte[] content() {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new WrongInputException(
            "'" + file + "' has more than 16 MiB", "import it in several files");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new WrongInputException("'" + file + "' cannot be read", "check its name and rights");
    }
  }
}
