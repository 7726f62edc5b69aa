package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the documents show exist, and so do their options. */
final class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /** A call in backticks, or on a line of its own in a block. */
  private static final Pattern CALL =
      Pattern.compile("(?m)(?:`|^\\$? *)(?:\\./)?vigia ([a-z][a-z-]*)([^`\\n]*)");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  private static List<Path> documents() throws IOException {
    List<Path> documents =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("README.es.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  @Test
  void documents_calls_nameCommandsAndOptionsThatExist() throws IOException {
    List<String> unknown = new ArrayList<>();
    int calls = 0;
    for (Path document : documents()) {
      for (MatchResult call : CALL.matcher(Files.readString(document)).results().toList()) {
        String command = call.group(1);
        calls++;
        if (!CommandLines.names().contains(command)) {
          unknown.add(document + ": vigia " + command);
          continue;
        }
        String help = Call.vigia(command, "--help").out();
        OPTION
            .matcher(call.group(2))
            .results()
            .map(MatchResult::group)
            .filter(option -> !help.contains(option))
            .forEach(option -> unknown.add(document + ": vigia " + command + " " + option));
      }
    }
    assertTrue(calls > 10, "calls: found " + calls);
    assertEquals(List.of(), unknown);
  }

  /** The message of a failing test, of the shop example with a smaller order line. */
  @Test
  void command_failingTest_isShownAsItIsPrinted(@TempDir Path folder) throws IOException {
    String shop = Files.readString(ROOT.resolve("examples/shop/pipeline.yaml"));
    String line = "{invoice: big, product: jar, quantity: ";
    assertTrue(shop.contains(line + "600"), line);
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, shop.replace(line + "600", line + "490"));
    String printed =
        Call.vigia("test", "--filter", "far above", file.toString())
            .exits(1)
            .out()
            .replace(folder + "/", "");
    String document = Files.readString(ROOT.resolve("docs/command.md"));
    int from = document.indexOf("$ ./vigia test --filter 'far above' pipeline.yaml\n");
    String shown = document.substring(from, document.indexOf("```", from));
    assertEquals("$ ./vigia test --filter 'far above' pipeline.yaml\n" + printed, shown);
  }
}
