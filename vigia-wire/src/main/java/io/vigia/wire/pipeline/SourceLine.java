package io.vigia.wire.pipeline;

/**
 * A line of a file as it is shown below a problem, and where the carets go.
 *
 * <p><b>Units and bounds.</b> Columns of a terminal: a wide character takes two, a combining one
 * none.
 */
record SourceLine(String text, int caretAt, int caretWidth) {
  static final int SHOWN_MAX = 100;

  /** How much of a long line is shown before the caret. */
  private static final int BEFORE_CARET = 40;

  private static final String CUT = "…";
  private static final int UNSHOWABLE = 0xfffd;

  /**
   * A line with carets below what begins in a column.
   *
   * @param line from 0
   * @param column in characters, from 0; one behind the end points behind the last character
   * @param length how many characters are known to be meant; at least the word or quoted text is
   */
  static SourceLine of(SourceText source, int line, int column, int length) {
    int start = source.lineStart(line);
    int end = source.lineEnd(line);
    int at = Math.min(start + column, end);
    int indent = Math.min(source.contentStart(line), at);
    // No more of the line than can be shown; a hostile file is one line.
    int first = Math.max(indent, at - SHOWN_MAX);
    int[] near = source.characters(first, Math.min(end, at + 2 * SHOWN_MAX));
    return of(near, at - first, length, first > indent, first + near.length < end);
  }

  /** The same for the characters around the caret; {@code more} of them stand before and behind. */
  private static SourceLine of(
      int[] characters, int at, int length, boolean moreBefore, boolean moreBehind) {
    boolean fits = !moreBefore && width(characters, 0, characters.length) <= SHOWN_MAX;
    int from = fits ? 0 : windowStart(characters, at);
    int to = windowEnd(characters, from);
    String before = from > 0 || moreBefore ? CUT : "";
    String behind = to < characters.length || moreBehind ? CUT : "";
    int meant = Math.max(at + length, tokenEnd(characters, at));
    int end = Math.max(at + 1, Math.min(meant, to));
    return new SourceLine(
        before + shown(characters, from, to).stripTrailing() + behind,
        before.length() + width(characters, from, at),
        Math.max(1, width(characters, at, end)));
  }

  private static int windowStart(int[] characters, int at) {
    int from = at;
    int shown = 0;
    while (from > 0 && shown < BEFORE_CARET) {
      from--;
      shown += width(characters[from]);
    }
    return from;
  }

  private static int windowEnd(int[] characters, int from) {
    int to = from;
    int shown = 0;
    while (to < characters.length && shown + width(characters[to]) <= SHOWN_MAX) {
      shown += width(characters[to]);
      to++;
    }
    return to;
  }

  /** Where the word, number or quoted text ends that begins at {@code at}. */
  private static int tokenEnd(int[] characters, int at) {
    if (at >= characters.length) {
      return at;
    }
    int first = characters[at];
    if (first == '\'' || first == '"') {
      for (int i = at + 1; i < characters.length; i++) {
        if (characters[i] == first) {
          return i + 1;
        }
      }
      return at + 1;
    }
    int end = at;
    while (end < characters.length && isWord(characters, end)) {
      end++;
    }
    return end;
  }

  /** Letters, digits, and what joins them: {@code 1.5}, {@code card-fraud}, {@code yyyy/MM}. */
  private static boolean isWord(int[] characters, int at) {
    int c = characters[at];
    if (Character.isLetterOrDigit(c) || c == '_' || width(c) == 0) {
      return true;
    }
    return (c == '-' || c == '.')
        && at + 1 < characters.length
        && Character.isLetterOrDigit(characters[at + 1]);
  }

  private static String shown(int[] characters, int from, int to) {
    StringBuilder shown = new StringBuilder();
    for (int i = from; i < to; i++) {
      int c = characters[i];
      shown.appendCodePoint(c == '\t' ? ' ' : isShowable(c) ? c : UNSHOWABLE);
    }
    return shown.toString();
  }

  private static boolean isShowable(int character) {
    return character == 0xa0 || width(character) == 0 || !Quote.isInvisible(character);
  }

  private static int width(int[] characters, int from, int to) {
    int width = 0;
    for (int i = from; i < Math.min(to, characters.length); i++) {
      width += width(characters[i]);
    }
    return width;
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || c == 0x200d) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
