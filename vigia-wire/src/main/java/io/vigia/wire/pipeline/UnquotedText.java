package io.vigia.wire.pipeline;

import java.util.Locale;

/**
 * An expression or text that stands in the file without quotes (or with quotes around its first
 * part alone), so that YAML reads something else.
 *
 * <p><b>Shape.</b> {@code word} is the key before it; {@code written} is the whole of it as its
 * author meant it; {@code start} and {@code end} where it stands.
 */
record UnquotedText(
    String word, boolean condition, Misread misread, String written, int start, int end) {
  private static final int LONGEST_SUGGESTION = 160;

  /** What YAML makes of it. */
  enum Misread {
    QUOTE("%s goes on behind its closing quote"),
    TAG("%s is not quoted, and YAML reads '!' as the start of a tag"),
    ANCHOR("%s is not quoted, and YAML reads '&' as the start of an anchor"),
    ALIAS("%s is not quoted, and YAML reads '*' as the start of an alias"),
    RESERVED("%s is not quoted, and no YAML text begins with '%c'"),
    BLOCK("%s is not quoted, and YAML reads '%c' as the start of a text of several lines"),
    INDICATOR("%s is not quoted, and '%c' means something else to YAML"),
    TEMPLATE("%s is not quoted, and YAML reads '{{' as mappings"),
    MAPPING("%s is not quoted, and YAML reads '{' as a mapping"),
    LIST("%s is not quoted, and YAML reads '[' as a list"),
    COLON("%s is not quoted, and YAML reads the ': ' in it as the end of a key"),
    COMMENT("%s is not quoted, and YAML cuts it at the ' #'"),
    COMMA("%s is not quoted, and YAML ends it at the comma");

    private final String pattern;

    Misread(String pattern) {
      this.pattern = pattern;
    }
  }

  String message() {
    return String.format(
        Locale.ROOT,
        misread.pattern,
        condition ? "the condition" : "the text",
        written.isEmpty() ? ' ' : written.codePointAt(0));
  }

  String help() {
    String what = condition ? "quote the condition" : "quote the text";
    if (written.codePointCount(0, written.length()) > LONGEST_SUGGESTION) {
      return what + " with single quotes";
    }
    String comment = misread == Misread.COMMENT && !condition ? "; a comment begins with '# '" : "";
    return what + ": " + (word.isEmpty() ? "" : word + ": ") + quoted() + comment;
  }

  /**
   * In single quotes, with double quotes inside, as conditions are written. A text that has single
   * quotes of its own goes into double quotes where that needs no escapes.
   */
  private String quoted() {
    String line = written.replaceAll("\\s*[\\r\\n]\\s*", " ");
    if (line.indexOf('\'') < 0) {
      return "'" + line + "'";
    }
    if (line.indexOf('"') < 0 && line.indexOf('\\') < 0) {
      return condition ? "'" + line.replace('\'', '"') + "'" : '"' + line + '"';
    }
    return "'" + line.replace("'", "''") + "'";
  }
}
