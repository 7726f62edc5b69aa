package io.vigia.wire.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document as its fenced blocks and tables, each with the comment that stands right before it.
 */
record MarkdownDocument(List<Part> parts) {
  private static final Pattern COMMENT = Pattern.compile("<!-- (.*) -->");
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A block or a table; {@code line} is that of its beginning, from 1. */
  sealed interface Part {
    int line();
  }

  record Block(int line, String language, String text) implements Part {}

  record Table(int line, @Nullable String comment, List<String> header, List<List<String>> rows)
      implements Part {}

  static MarkdownDocument read(Path path) {
    try {
      return of(Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MarkdownDocument of(List<String> lines) {
    List<Part> parts = new ArrayList<>();
    String comment = null;
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      int from = at;
      Matcher found = COMMENT.matcher(line);
      if (line.startsWith("```")) {
        at++;
        while (!lines.get(at).equals("```")) {
          at++;
        }
        String text = String.join("\n", lines.subList(from + 1, at)) + "\n";
        parts.add(new Block(from + 1, line.substring(3).strip(), text));
        at++;
      } else if (line.startsWith("|")) {
        while (at < lines.size() && lines.get(at).startsWith("|")) {
          at++;
        }
        List<List<String>> rows =
            lines.subList(from + 2, at).stream().map(MarkdownDocument::cells).toList();
        parts.add(new Table(from + 1, comment, cells(line), rows));
      } else {
        at++;
      }
      comment = found.matches() ? found.group(1) : null;
    }
    return new MarkdownDocument(List.copyOf(parts));
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.lastIndexOf('|'));
    return Arrays.stream(CELL_END.split(inner, -1))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  /** What stands between backticks in a cell. */
  static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
  }

  List<Table> tables() {
    return parts.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
  }

  List<Block> blocks() {
    return parts.stream().filter(Block.class::isInstance).map(Block.class::cast).toList();
  }

  /** The last block of a language before a table. */
  Block blockBefore(Table table, String language) {
    return blocks().stream()
        .filter(block -> block.line() < table.line() && block.language().equals(language))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
