package io.vigia.cli.terminal;

/**
 * Colours for text on a terminal, or none.
 *
 * <p><b>Shape.</b> Each method gives the text back, between ANSI codes when {@code on}.
 */
public record Ink(boolean on) {
  /** No colours. */
  public static final Ink NONE = new Ink(false);

  public String strong(String text) {
    return paint("1", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  public String good(String text) {
    return paint("32", text);
  }

  public String doubtful(String text) {
    return paint("33", text);
  }

  public String bad(String text) {
    return paint("1;31", text);
  }

  private String paint(String code, String text) {
    return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
