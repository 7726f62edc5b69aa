package io.vigia.wire.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is read of entries, word by word: {@code src/test/resources/golden/list/*.txt}.
 *
 * <p><b>Shape.</b> The list's name and type, then cases: behind {@code ----- <form>} the input,
 * behind {@code =====>} what is read or told. Run with {@code -Dvigia.golden=update} to write what
 * is now.
 */
final class ListGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/list");
  private static final long NOW_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  @TestFactory
  Stream<DynamicTest> golden() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void golden_everyCodeOfLists_isThere() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(Files.readString(file));
    }
    List<String> missing =
        Stream.of(ProblemCode.values())
            .filter(code -> code.name().startsWith("LIST_"))
            .map(ProblemCode::text)
            .filter(code -> all.indexOf("\n" + code) < 0)
            .toList();
    assertEquals(List.of(), missing);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file);
    String[] cases = text.split("(?m)^----- ", -1);
    String[] head = cases[0].strip().split(" ", -1);
    ListEntryReader reader =
        new ListEntryReader(head[0], FieldType.valueOf(head[1].toUpperCase(Locale.ROOT)), NOW_MS);
    StringBuilder told = new StringBuilder(cases[0]);
    for (int i = 1; i < cases.length; i++) {
      int formEnd = cases[i].indexOf('\n');
      int arrow = cases[i].indexOf("=====>\n");
      told.append("----- ").append(cases[i], 0, arrow).append("=====>\n");
      String input = cases[i].substring(formEnd + 1, arrow);
      told(reader, head[0], cases[i].substring(0, formEnd), input)
          .forEach(line -> told.append(line).append('\n'));
    }
    if ("update".equals(System.getProperty("vigia.golden"))) {
      Files.writeString(file, told);
    }
    assertEquals(Files.readString(file), told.toString());
  }

  private static List<String> told(ListEntryReader reader, String list, String form, String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    Problems problems = new Problems();
    switch (form) {
      case "full" -> lines.addAll(lines(List.of(ListLimits.full(list))));
      case "long" -> {
        byte[] json = ("\"" + "x".repeat(1025) + "\"").getBytes(StandardCharsets.UTF_8);
        reader.read(json, null, 0, problems);
        lines.addAll(lines(problems.sorted()));
      }
      case "json" -> {
        ListEntry entry = reader.read(bytes, null, 0, problems);
        lines.addAll(entry == null ? lines(problems.sorted()) : List.of(shown(entry)));
      }
      default -> {
        ListImport all = new ListImport(reader);
        for (ListImport.Line line : form.equals("csv") ? all.csv(bytes) : all.ndjson(bytes)) {
          ListEntry entry = line.entry();
          lines.addAll(
              entry == null
                  ? lines(line.problems())
                  : List.of("line " + line.number() + ": " + shown(entry)));
        }
      }
    }
    return lines;
  }

  private static String shown(ListEntry entry) {
    String until =
        entry.untilMs() == ListChange.FOR_EVER
            ? "for ever"
            : "until " + Instant.ofEpochMilli(entry.untilMs());
    return ListText.of(entry.value())
        + " "
        + until
        + (entry.note().isEmpty() ? "" : ": " + entry.note());
  }

  private static List<String> lines(List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    for (Problem problem : problems) {
      lines.add(problem.code().text() + " " + problem.place() + "  " + problem.message());
      if (!problem.help().isEmpty()) {
        lines.add("  help: " + problem.help());
      }
    }
    return lines;
  }
}
