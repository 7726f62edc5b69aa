package io.vigia.wire.pipeline;

/** A user's text as it stands in a message: on one line, of bounded length, nothing invisible. */
final class Quote {
  private static final int LONGEST = 60;

  private Quote() {}

  /** {@code 'text'}. */
  static String of(String text) {
    return "'" + shown(text) + "'";
  }

  /** The text without quotes around it. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    int count = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (++count > LONGEST) {
        return shown.append('…').toString();
      }
      int character = text.codePointAt(i);
      if (character == '\n' || character == '\r' || character == '\t') {
        shown.append(' ');
      } else if (isInvisible(character)) {
        shown.append(String.format("\\u%04x", character));
      } else {
        shown.appendCodePoint(character);
      }
    }
    return shown.toString();
  }

  /** Whether a person would not see it, or see something else moved by it. */
  static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SPACE_SEPARATOR -> character != ' ';
      default -> false;
    };
  }
}
