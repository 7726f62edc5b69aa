package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the command says, word by word: {@code src/test/resources/golden/command/*.txt}.
 *
 * <p><b>Shape.</b> A comment, then cases: behind {@code $ vigia} the arguments, then standard
 * output, standard error with {@code ! } before each line, and the exit code. {@code @/} stands for
 * the folder {@code src/test/resources/command/}, {@code #} for a measured figure. Run with {@code
 * -Dvigia.golden=update} to write what is said now.
 */
final class CommandGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/command");
  private static final String FILES = "src/test/resources/command/";

  @TestFactory
  Stream<DynamicTest> golden() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void golden_helpOfEveryCommand_isThere() throws IOException {
    String help = Files.readString(FOLDER.resolve("help.txt"));
    for (String command : CommandLines.names()) {
      assertTrue(help.contains("\n$ vigia " + command + " --help\n"), command);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> sorted = files.sorted().toList();
      assertTrue(sorted.size() >= 5, "golden files in " + FOLDER.toAbsolutePath());
      return sorted;
    }
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file);
    String[] cases = text.split("(?m)^\\$ vigia", -1);
    StringBuilder said = new StringBuilder(cases[0]);
    for (int i = 1; i < cases.length; i++) {
      String arguments = cases[i].substring(0, cases[i].indexOf('\n')).strip();
      said.append("$ vigia ").append(arguments).append('\n').append(said(arguments)).append('\n');
    }
    String now = said.toString().stripTrailing() + "\n";
    if ("update".equals(System.getProperty("vigia.golden"))) {
      Files.writeString(file, now);
    } else {
      assertEquals(text, now);
    }
  }

  private static String said(String arguments) {
    String[] args =
        arguments.isEmpty()
            ? new String[0]
            : Stream.of(arguments.split(" +"))
                .map(argument -> argument.replace("@/", FILES))
                .toArray(String[]::new);
    Call call = Call.vigia(args);
    String err = call.err().lines().map(line -> "! " + line + "\n").collect(Collectors.joining());
    return normal(call.out() + err) + "exit " + call.exit() + "\n";
  }

  /** Without what differs from run to run. */
  private static String normal(String said) {
    return said.replace(FILES, "@/")
        .replace(Path.of("").toAbsolutePath() + "/", "")
        .replaceAll("[0-9.]+ s\\b", "# s")
        .replaceAll("[0-9.,]+/s", "#/s")
        .replaceAll("(\"(?:seconds|events_per_second|core_events_per_second)\":)[0-9.]+", "$1#");
  }
}
