package io.vigia.wire.pipeline;

/**
 * What is left open at the end of a piece of an expression: brackets and quotes.
 *
 * <p><b>Shape.</b> Quotes count in expressions alone; in other texts an apostrophe is an
 * apostrophe.
 */
record ExpressionScan(int depth, boolean inQuotes) {

  static ExpressionScan of(String text, boolean quotes) {
    Scanner scanner = new Scanner(quotes);
    for (int i = 0; i < text.length(); i++) {
      scanner.take(text.charAt(i));
    }
    return new ExpressionScan(scanner.depth, scanner.quote != 0);
  }

  /** The depth of brackets at {@code to}, where it was {@code before} at {@code from}. */
  static int depth(String text, int from, int to, int before) {
    Scanner scanner = new Scanner(false);
    scanner.depth = before;
    for (int i = from; i < to; i++) {
      scanner.take(text.charAt(i));
    }
    return scanner.depth;
  }

  /** Whether more must follow. */
  boolean isOpen() {
    return depth > 0 || inQuotes;
  }

  /**
   * Where the value at the start of {@code text} ends, which stands within braces: before the comma
   * or closing bracket that belongs to these.
   */
  static int endInFlow(String text, boolean quotes) {
    Scanner scanner = new Scanner(quotes);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (scanner.quote == 0 && scanner.depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return i;
      }
      scanner.take(c);
    }
    int brace = text.lastIndexOf('}');
    return brace > 0 ? brace : text.length();
  }

  /** Whether anything but a comment follows the bracket that closes the one at the start. */
  static boolean goesOnBehindBracket(String text) {
    Scanner scanner = new Scanner(true);
    for (int i = 0; i < text.length(); i++) {
      scanner.take(text.charAt(i));
      if (scanner.depth == 0) {
        String rest = text.substring(i + 1).strip();
        return !rest.isEmpty() && !rest.startsWith("#");
      }
    }
    return false;
  }

  /** Whether a position of a line lies within a quoted YAML text that begins on it. */
  static boolean isQuotedAt(String line, int position) {
    char quote = 0;
    for (int i = 0; i < position; i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && (i == 0 || " \t{[,".indexOf(line.charAt(i - 1)) >= 0)) {
        quote = c;
      }
    }
    return quote != 0;
  }

  private static final class Scanner {
    private final boolean quotes;
    private int depth;
    private char quote;

    Scanner(boolean quotes) {
      this.quotes = quotes;
    }

    void take(char c) {
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (quotes && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
        depth--;
      }
    }
  }
}
