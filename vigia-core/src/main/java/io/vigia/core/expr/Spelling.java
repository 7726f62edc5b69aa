package io.vigia.core.expr;

/**
 * What is written otherwise than CEL can read: {@code ip.in(address, network)}, since {@code in} is
 * an operator there.
 *
 * <p>What CEL reads instead is as long, so that places stay the same.
 */
final class Spelling {
  private static final String WRITTEN = "ip.in";
  private static final String READ = "ip_in";

  private Spelling() {}

  /** A function's name as its author wrote it. */
  static String written(String function) {
    return function.equals(READ) ? WRITTEN : function;
  }

  /** An expression as CEL reads it. */
  static String read(String expression) {
    if (!expression.contains(WRITTEN)) {
      return expression;
    }
    StringBuilder read = new StringBuilder(expression);
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      if (c == '"' || c == '\'') {
        at = behindText(expression, at);
      } else if (expression.startsWith("//", at)) {
        int end = expression.indexOf('\n', at);
        at = end < 0 ? expression.length() : end;
      } else if (isCall(expression, at)) {
        read.replace(at, at + READ.length(), READ);
        at += READ.length();
      } else {
        at++;
      }
    }
    return read.toString();
  }

  private static boolean isCall(String expression, int at) {
    int behind = at + WRITTEN.length();
    return expression.startsWith(WRITTEN, at)
        && (at == 0 || !isPartOfName(expression.charAt(at - 1)))
        && (behind == expression.length() || !isPartOfName(expression.charAt(behind)));
  }

  private static boolean isPartOfName(char c) {
    return c == '.' || ExpressionText.isWord(c);
  }

  /** The offset behind the text that begins at {@code start}, of any of CEL's forms. */
  private static int behindText(String expression, int start) {
    char quote = expression.charAt(start);
    String three = String.valueOf(quote).repeat(3);
    String end = expression.startsWith(three, start) ? three : String.valueOf(quote);
    boolean raw = isRaw(expression, start);
    int at = start + end.length();
    while (at < expression.length() && !expression.startsWith(end, at)) {
      at += !raw && expression.charAt(at) == '\\' ? 2 : 1;
    }
    return at + end.length();
  }

  /** Whether r stands directly before the quote, by itself or beside b. */
  private static boolean isRaw(String expression, int quote) {
    int from = quote;
    while (from > 0 && "rRbB".indexOf(expression.charAt(from - 1)) >= 0) {
      from--;
    }
    boolean prefix = from == 0 || !ExpressionText.isWord(expression.charAt(from - 1));
    String letters = expression.substring(from, quote);
    return prefix && (letters.contains("r") || letters.contains("R"));
  }
}
