package io.vigia.core.expr;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import org.jspecify.annotations.Nullable;

/** An expression as its author wrote it, by characters, for saying where something stands. */
final class ExpressionText {
  private final Text text;
  private final int[] characters;

  ExpressionText(Text text) {
    this.text = text;
    this.characters = text.value().codePoints().toArray();
  }

  /** The character at an offset, 0 before the beginning and behind the end. */
  int at(int offset) {
    return offset >= 0 && offset < characters.length ? characters[offset] : 0;
  }

  /** The offset of a line and column that CEL gives, both from 0; within the text in any case. */
  int offset(int line, int column) {
    int start = 0;
    for (int left = line; left > 0 && start < characters.length; start++) {
      left -= characters[start] == '\n' ? 1 : 0;
    }
    return Math.max(0, Math.min(characters.length, start + column));
  }

  /** Where an offset stands in the file. */
  Place place(int offset) {
    int line = 0;
    int lineStart = 0;
    for (int i = 0; i < Math.min(offset, characters.length); i++) {
      if (characters[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return text.at(line, offset - lineStart);
  }

  String slice(int from, int to) {
    int start = Math.max(0, from);
    int end = Math.min(characters.length, to);
    return start < end ? new String(characters, start, end - start) : "";
  }

  /** The first offset from {@code from} on that is no blank. */
  int skipBlanks(int from) {
    int at = from;
    while (at < characters.length && Character.isWhitespace(characters[at])) {
      at++;
    }
    return at;
  }

  /** The offset behind the last character before {@code before} that is no blank. */
  int backOverBlanks(int before) {
    int at = Math.min(before, characters.length);
    while (at > 0 && Character.isWhitespace(characters[at - 1])) {
      at--;
    }
    return at;
  }

  /** The last character before {@code before} that is no blank; 0 where there is none. */
  int lastBefore(int before) {
    return at(backOverBlanks(before) - 1);
  }

  /** The start of the word that ends before {@code before}, blanks between them passed over. */
  int wordStart(int before) {
    int at = backOverBlanks(before);
    while (at > 0 && isWord(characters[at - 1])) {
      at--;
    }
    return at;
  }

  /** The word that ends before {@code before}, blanks between them passed over. */
  String wordBefore(int before) {
    return slice(wordStart(before), backOverBlanks(before));
  }

  /** Where the words begin that are joined by dots and end before {@code before}. */
  int pathStart(int before) {
    int start = wordStart(before);
    while (lastBefore(start) == '.') {
      start = wordStart(backOverBlanks(start) - 1);
    }
    return start;
  }

  /** The words joined by dots that end before {@code before}. */
  String pathBefore(int before) {
    return slice(pathStart(before), before).replaceAll("\\s", "");
  }

  /** Where a function's name begins that ends before its parenthesis at {@code at}. */
  int nameBefore(String name, int at) {
    String written = Spelling.written(name);
    int start = backOverBlanks(at) - written.length();
    boolean qualified =
        written.contains(".") && slice(start, start + written.length()).equals(written);
    return qualified ? start : wordBefore(at).equals(name) ? wordStart(at) : at;
  }

  /** The word that begins at {@code from}. */
  String wordAt(int from) {
    int to = from;
    while (to < characters.length && isWord(characters[to])) {
      to++;
    }
    return slice(from, to);
  }

  static boolean isWord(int character) {
    return character == '_'
        || (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  /** The offset of the bracket that closes the one at {@code open}; the end where none does. */
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < characters.length; i++) {
      int c = characters[i];
      if (c == '"' || c == '\'') {
        i = quoteEnd(i);
      } else if (isOpening(c)) {
        depth++;
      } else if (isClosing(c) && --depth == 0) {
        return i;
      }
    }
    return characters.length;
  }

  /** The offset of the last bracket before {@code before} that is not closed; -1 for none. */
  int unclosed(int before) {
    int[] open = new int[characters.length + 1];
    int depth = 0;
    for (int i = 0; i < Math.min(before, characters.length); i++) {
      int c = characters[i];
      if (c == '"' || c == '\'') {
        i = quoteEnd(i);
      } else if (isOpening(c)) {
        open[depth++] = i;
      } else if (isClosing(c) && depth > 0) {
        depth--;
      }
    }
    return depth == 0 ? -1 : open[depth - 1];
  }

  private int quoteEnd(int start) {
    int i = start + 1;
    while (i < characters.length && characters[i] != characters[start]) {
      i += characters[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private static boolean isOpening(int c) {
    return c == '(' || c == '[' || c == '{';
  }

  private static boolean isClosing(int c) {
    return c == ')' || c == ']' || c == '}';
  }

  /** The text without comments and blanks is empty. */
  boolean isBlank() {
    for (String line : (Iterable<String>) text.value().lines()::iterator) {
      if (!line.isBlank() && !line.strip().startsWith("//")) {
        return false;
      }
    }
    return true;
  }

  /** The file's text itself. */
  @Override
  public String toString() {
    return text.value();
  }

  /** The only argument of the call whose parenthesis opens at {@code open}, or null. */
  @Nullable String inner(int open) {
    int close = closing(open);
    return close < characters.length ? slice(open + 1, close) : null;
  }
}
