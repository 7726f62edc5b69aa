package io.vigia.core.decision;

import io.vigia.core.event.Row;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts that {@code &&} and {@code ||} join to a condition, for who asks why it answers so.
 *
 * <p><b>Shape.</b> {@code a > 1 && (b || c < 2)} has the parts {@code a > 1}, {@code b}, {@code c <
 * 2}. A choice {@code x ? y : z} and what is negated stay whole.
 *
 * <p><b>Units and bounds.</b> Compiled at each call: this is asked of single rows, by people.
 */
record ConditionParts(Text condition, ExpressionCompiler expressions) {
  private static final String QUOTES = "\"'";
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  List<Explanation.Part> of(Row row) {
    List<Explanation.Part> parts = new ArrayList<>();
    for (String part : split(oneLine())) {
      expressions
          .condition(new Text(part, condition.place()), new Problems())
          .ifPresent(when -> parts.add(new Explanation.Part(part, when.test(row))));
    }
    return parts;
  }

  String oneLine() {
    String text = condition.value().strip();
    return text.contains("//") ? text : text.replaceAll("\\s*\\n\\s*", " ");
  }

  static List<String> split(String text) {
    String inner = unwrapped(text.strip());
    if (inner.contains("//") || !cuts(inner, "?").isEmpty()) {
      return List.of(inner);
    }
    for (String joint : List.of("||", "&&")) {
      List<Integer> cuts = cuts(inner, joint);
      if (!cuts.isEmpty()) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
          parts.addAll(split(inner.substring(from, cut)));
          from = cut + joint.length();
        }
        parts.addAll(split(inner.substring(from)));
        return parts;
      }
    }
    return List.of(inner);
  }

  /** Without the parentheses around the whole. */
  private static String unwrapped(String text) {
    return text.startsWith("(") && text.endsWith(")") && end(text, 0) == text.length() - 1
        ? unwrapped(text.substring(1, text.length() - 1).strip())
        : text;
  }

  /** Where a sign stands outside of all parentheses and texts. */
  private static List<Integer> cuts(String text, String sign) {
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith(sign, i)) {
        cuts.add(i);
        i += sign.length() - 1;
      } else {
        i = end(text, i);
      }
    }
    return cuts;
  }

  /** The end of the text or of the parentheses that begin here; here, where none do. */
  private static int end(String text, int from) {
    char first = text.charAt(from);
    if (QUOTES.indexOf(first) >= 0) {
      return endOfText(text, from);
    }
    if (OPENING.indexOf(first) < 0) {
      return from;
    }
    int i = from + 1;
    while (i < text.length() && CLOSING.indexOf(text.charAt(i)) < 0) {
      i = end(text, i) + 1;
    }
    return Math.min(i, text.length() - 1);
  }

  private static int endOfText(String text, int from) {
    boolean raw = from > 0 && "rR".indexOf(text.charAt(from - 1)) >= 0;
    int i = from + 1;
    while (i < text.length() && text.charAt(i) != text.charAt(from)) {
      i += text.charAt(i) == '\\' && !raw ? 2 : 1;
    }
    return Math.min(i, text.length() - 1);
  }
}
