package io.vigia.wire.event;

import java.nio.charset.StandardCharsets;

/** One cell of a CSV record, moved from cell to cell. Mutable, owned by one file being read. */
final class Cell {
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private boolean doubledQuotes;
  private char[] chars = new char[64];

  /** Moves to another cell; its text is within the quotes, if it has any. */
  void move(byte[] in, int start, int end, boolean withDoubledQuotes) {
    bytes = in;
    from = start;
    to = end;
    doubledQuotes = withDoubledQuotes;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Whether there are only spaces, which for all but a string is as good as empty. */
  boolean isBlank() {
    for (int i = from; i < to; i++) {
      if (!isSpace(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** The whole text. */
  String text() {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return doubledQuotes ? text.replace("\"\"", "\"") : text;
  }

  /** Puts the text without spaces around it into {@link #chars()} and says how long it is. */
  int trim() {
    int start = from;
    int end = to;
    while (start < end && isSpace(bytes[start])) {
      start++;
    }
    while (end > start && isSpace(bytes[end - 1])) {
      end--;
    }
    int length = end - start;
    if (chars.length < length) {
      chars = new char[length];
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[start + i];
      if (b < 0 || b == '"') {
        return trimText();
      }
      chars[i] = (char) b;
    }
    return length;
  }

  private int trimText() {
    String text = text().strip();
    chars = text.length() > chars.length ? new char[text.length()] : chars;
    text.getChars(0, text.length(), chars, 0);
    return text.length();
  }

  /** The text without spaces around it. */
  String trimmed() {
    int length = trim();
    return new String(chars, 0, length);
  }

  /** Where {@link #trim()} puts the text, from 0 on. */
  char[] chars() {
    return chars;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }
}
