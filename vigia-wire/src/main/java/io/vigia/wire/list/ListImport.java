package io.vigia.wire.list;

import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads many entries at once: one JSON object or value a line, or CSV.
 *
 * <p><b>Shape.</b> CSV has the columns {@code value}, {@code for}, {@code until}, {@code note}, in
 * any order, when its first line names {@code value}; otherwise one value a line. Cells in double
 * quotes may hold commas and doubled quotes, not line ends. Empty lines are passed over.
 *
 * <p><b>Errors.</b> Each line has its own problems and costs only itself.
 */
public final class ListImport {
  private final ListEntryReader reader;

  public ListImport(ListEntryReader reader) {
    this.reader = reader;
  }

  /**
   * A line with something in it.
   *
   * <p><b>Shape.</b> {@code entry} is null where there are problems.
   */
  public record Line(int number, @Nullable ListEntry entry, List<Problem> problems) {
    public Line {
      problems = List.copyOf(problems);
    }
  }

  /** The lines of JSON. */
  public List<Line> ndjson(byte[] body) {
    List<Line> read = new ArrayList<>();
    int number = 0;
    for (String line : lines(body)) {
      number++;
      if (!line.isBlank()) {
        Problems problems = new Problems();
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        read.add(line(number, reader.read(json, null, number, problems), problems));
      }
    }
    return read;
  }

  /** The lines of CSV. */
  public List<Line> csv(byte[] body) {
    List<Line> read = new ArrayList<>();
    List<String> columns = null;
    int number = 0;
    for (String line : lines(body)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Problems problems = new Problems();
      List<String> cells = cells(line, number, problems);
      if (columns == null) {
        columns = header(cells);
        if (columns != null) {
          continue;
        }
        columns = List.of(ListEntryReader.VALUE);
      }
      read.add(
          line(
              number,
              problems.hasErrors() ? null : entry(columns, cells, number, problems),
              problems));
    }
    return read;
  }

  private static Line line(int number, @Nullable ListEntry entry, Problems problems) {
    return new Line(number, entry, problems.sorted());
  }

  private static @Nullable List<String> header(List<String> cells) {
    List<String> names = cells.stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
    return names.contains(ListEntryReader.VALUE) ? names : null;
  }

  private @Nullable ListEntry entry(
      List<String> columns, List<String> cells, int number, Problems problems) {
    if (cells.size() > columns.size()) {
      reader.entryProblem(
          "found " + cells.size() + " cells, expected at most " + columns.size(), number, problems);
      return null;
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      members.put(columns.get(i), cells.get(i));
    }
    return reader.entry(members, number, problems);
  }

  private List<String> cells(String line, int number, Problems problems) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"' && (quoted || cell.isEmpty())) {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      reader.entryProblem("a quote is opened that is never closed", number, problems);
    }
    cells.add(cell.toString());
    return cells;
  }

  private static List<String> lines(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
  }
}
