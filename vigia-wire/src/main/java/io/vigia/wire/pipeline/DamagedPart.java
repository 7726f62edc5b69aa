package io.vigia.wire.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that has to be left out for YAML to make sense of the rest.
 *
 * <p><b>Shape.</b> Around the place of an error, ever larger: the value of the word on its line,
 * the item of the list, the value of the word that these belong to, …, the section.
 */
final class DamagedPart {
  private static final Pattern KEY =
      Pattern.compile("((?:-[ \\t]+)*)([\"'A-Za-z_][^:]{0,200}?[ \\t]*:)(?:[ \\t].*)?");
  private static final Pattern DASH = Pattern.compile("-(?:[ \\t].*)?");

  private final SourceText source;
  private final int errorLine;
  private final List<Part> parts = new ArrayList<>();

  /** What is left out, by indices. */
  private record Part(int start, int end) {}

  private DamagedPart(SourceText source, int at) {
    this.source = source;
    this.errorLine = source.line(Math.min(at, source.length()));
  }

  /**
   * The text without the part of a size around an error.
   *
   * @param size 0 for the smallest, and up from there
   * @return nothing when there is none so large
   */
  static Optional<SourceText> without(SourceText source, int at, int size) {
    return new DamagedPart(source, at).without(size);
  }

  private Optional<SourceText> without(int size) {
    int line = errorLine;
    addParts(line);
    for (int above = line - 1; above >= 0 && column(line) > 0; above--) {
      if (!isEmpty(above) && column(above) < column(line)) {
        line = above;
        addParts(line);
      }
    }
    if (size < parts.size()) {
      Part part = parts.get(size);
      return Optional.of(source.overwriteDamaged(part.start, part.end));
    }
    int first = source.at(source.contentStart(line));
    boolean isSection = size == parts.size() && column(line) == 0 && first != '{' && first != '[';
    return isSection ? Optional.of(source.commentOut(line, endOfLines(line, 0))) : Optional.empty();
  }

  private int column(int line) {
    return source.column(source.contentStart(line));
  }

  private boolean isEmpty(int line) {
    int content = source.contentStart(line);
    return content == source.lineEnd(line) || source.at(content) == '#';
  }

  /** The parts that begin on a line and reach to the error. */
  private void addParts(int line) {
    int content = source.contentStart(line);
    String text = source.slice(content, source.lineEnd(line));
    Matcher key = KEY.matcher(text);
    if (key.matches()) {
      int keyAt = content + text.codePointCount(0, key.end(1));
      addPart(line, content + text.codePointCount(0, key.end(2)), source.column(keyAt));
    }
    if (DASH.matcher(text).matches()) {
      addPart(line, content + 1, source.column(content));
    }
  }

  private void addPart(int line, int from, int column) {
    int endLine = endOfLines(line, column);
    int start = from;
    while (start < source.length() && Character.isWhitespace(source.at(start))) {
      start++;
    }
    int end = source.lineEnd(endLine - 1);
    boolean larger = parts.isEmpty() || parts.get(parts.size() - 1).start != start;
    if (start < end && endLine > errorLine && larger) {
      parts.add(new Part(start, end));
    }
  }

  /** The first line behind {@code line} that is not indented deeper than {@code column}. */
  private int endOfLines(int line, int column) {
    int end = line + 1;
    while (end < source.lines() && (isEmpty(end) || column(end) > column)) {
      end++;
    }
    return end;
  }
}
