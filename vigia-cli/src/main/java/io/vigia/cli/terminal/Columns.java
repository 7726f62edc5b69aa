package io.vigia.cli.terminal;

/** Texts that stand in columns. */
public final class Columns {
  private Columns() {}

  /** Filled up with spaces on the right; a longer text stays as it is. */
  public static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Filled up with spaces on the left; a longer text stays as it is. */
  public static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
