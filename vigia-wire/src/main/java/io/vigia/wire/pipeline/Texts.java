package io.vigia.wire.pipeline;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.YamlNode.Scalar;
import io.vigia.wire.pipeline.YamlNode.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes {@link Text}s of scalars: the value, and where its characters stand.
 *
 * <p>Positions inside a text are exact, but for texts with escapes ({@code ''}, {@code \"}) and for
 * sentences that YAML folds from several lines into one.
 */
final class Texts {
  private final SourceText source;

  Texts(SourceText source) {
    this.source = source;
  }

  /** A text as YAML reads it. */
  Text of(Scalar scalar) {
    if (scalar.style().isBlock()) {
      return block(scalar).with(scalar.text());
    }
    return new Text(scalar.value(), source.place(contentStart(scalar)));
  }

  /**
   * A condition. Written over several lines it keeps its line breaks, which mean nothing to CEL, so
   * that whatever is wrong in it can be pointed at.
   */
  Text condition(Scalar scalar) {
    if (scalar.value().lines().limit(2).count() < 2 && isOnOneLine(scalar)) {
      return of(scalar);
    }
    Lines lines = scalar.style().isBlock() ? block(scalar) : flow(scalar);
    String text = lines.text().stripTrailing();
    return isFaithful(scalar, text) ? lines.with(text) : of(scalar);
  }

  private boolean isOnOneLine(Scalar scalar) {
    return source.line(scalar.start()) == source.line(Math.max(scalar.start(), scalar.end() - 1));
  }

  /** Whether the raw lines mean what YAML reads: no escapes, no literal broken in two. */
  private static boolean isFaithful(Scalar scalar, String raw) {
    if (scalar.style() == Style.DOUBLE_QUOTED && raw.indexOf('\\') >= 0) {
      return false;
    }
    if (scalar.style() == Style.SINGLE_QUOTED && raw.contains("''")) {
      return false;
    }
    for (int end = raw.indexOf('\n'); end >= 0; end = raw.indexOf('\n', end + 1)) {
      if (ExpressionScan.of(raw.substring(0, end), true).inQuotes()) {
        return false;
      }
    }
    return true;
  }

  private static int contentStart(Scalar scalar) {
    return scalar.start() + (scalar.style().isQuoted() ? 1 : 0);
  }

  /** Lines of a text without their indentation, and where they stand. */
  private record Lines(List<String> lines, Place place, int continuation) {
    String text() {
      return String.join("\n", lines);
    }

    Text with(String value) {
      return new Text(value, place, continuation);
    }
  }

  private Lines block(Scalar scalar) {
    int first = source.line(scalar.start()) + 1;
    int last = first;
    while (last < source.lines() && source.lineStart(last) < scalar.end()) {
      last++;
    }
    int indent = blockIndent(scalar, first, last);
    List<String> lines = new ArrayList<>();
    for (int line = first; line < last; line++) {
      int from = Math.min(source.lineStart(line) + indent, source.lineEnd(line));
      lines.add(source.slice(from, source.lineEnd(line)));
    }
    return new Lines(lines, new Place(source.file(), first + 1, indent + 1), indent + 1);
  }

  private int blockIndent(Scalar scalar, int first, int last) {
    int own =
        leadingSpaces(
            scalar
                .value()
                .stripTrailing()
                .lines()
                .filter(l -> !l.isBlank())
                .findFirst()
                .orElse(""));
    for (int line = first; line < last; line++) {
      String text = source.lineText(line);
      if (!text.isBlank()) {
        return Math.max(0, leadingSpaces(text) - own);
      }
    }
    return 0;
  }

  private static int leadingSpaces(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }

  /** A plain or quoted text that goes over several lines. */
  private Lines flow(Scalar scalar) {
    int start = contentStart(scalar);
    int end = scalar.end() - (start - scalar.start());
    int first = source.line(start);
    int last = source.line(Math.max(start, end - 1));
    int indent = Integer.MAX_VALUE;
    for (int line = first + 1; line <= last; line++) {
      int content = source.contentStart(line);
      indent = content == source.lineEnd(line) ? indent : Math.min(indent, source.column(content));
    }
    List<String> lines = new ArrayList<>();
    lines.add(source.slice(start, Math.min(end, source.lineEnd(first))));
    for (int line = first + 1; line <= last; line++) {
      int to = Math.min(end, source.lineEnd(line));
      lines.add(source.slice(Math.min(source.lineStart(line) + indent, to), to));
    }
    return new Lines(lines, source.place(start), indent == Integer.MAX_VALUE ? 1 : indent + 1);
  }
}
