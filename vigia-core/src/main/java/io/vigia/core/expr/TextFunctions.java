package io.vigia.core.expr;

import dev.cel.common.exceptions.CelIndexOutOfBoundsException;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions of texts, with the meaning of CEL's extension <i>strings</i>.
 *
 * <p><b>Units and bounds.</b> Positions count characters (code points) from 0. A text that is made
 * has at most {@value #LENGTH_MAX} UTF-16 units, a list {@value #PARTS_MAX} values; more has no
 * value.
 */
final class TextFunctions {
  static final String SIGNATURES =
      """
      string.charAt(int) string
      string.indexOf(string) int
      string.indexOf(string, int) int
      string.lastIndexOf(string) int
      string.lastIndexOf(string, int) int
      string.lowerAscii() string
      string.upperAscii() string
      string.replace(string, string) string
      string.replace(string, string, int) string
      string.substring(int) string
      string.substring(int, int) string
      string.trim() string
      string.reverse() string
      string.split(string) strings
      string.split(string, int) strings
      strings.join() string
      strings.join(string) string
      string.distance(string) int""";

  /** As large as an event may be. */
  private static final int LENGTH_MAX = 262_144;

  private static final int PARTS_MAX = ExpressionCompiler.ITERATIONS_MAX;

  /** The edit distance of longer texts says nothing and costs much. */
  private static final int DISTANCE_MAX = 256;

  private TextFunctions() {}

  /** The position of a character among the text's UTF-16 units. */
  private static int offset(String text, long index) {
    if (index < 0 || index > text.length()) {
      throw new CelIndexOutOfBoundsException(index);
    }
    try {
      return text.offsetByCodePoints(0, (int) index);
    } catch (IndexOutOfBoundsException e) {
      throw new CelIndexOutOfBoundsException(index);
    }
  }

  private static String bounded(StringBuilder text) {
    check(text.length());
    return text.toString();
  }

  private static void check(long length) {
    if (length > LENGTH_MAX) {
      throw new CelInvalidArgumentException("a text of more than " + LENGTH_MAX + " characters");
    }
  }

  /** Two texts as one, which {@code +} is. */
  static String concat(String a, String b) {
    check((long) a.length() + b.length());
    return a.concat(b);
  }

  static String charAt(String text, long index) {
    int at = offset(text, index);
    return at == text.length() ? "" : Character.toString(text.codePointAt(at));
  }

  static long indexOf(String text, String part) {
    return index(text, text.indexOf(part));
  }

  static long indexOf(String text, String part, long from) {
    return index(text, text.indexOf(part, offset(text, from)));
  }

  static long lastIndexOf(String text, String part) {
    return index(text, text.lastIndexOf(part));
  }

  static long lastIndexOf(String text, String part, long from) {
    return index(text, text.lastIndexOf(part, offset(text, from)));
  }

  private static long index(String text, int at) {
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  static String lowerAscii(String text) {
    return shifted(text, 'A', 'a' - 'A');
  }

  static String upperAscii(String text) {
    return shifted(text, 'a', 'A' - 'a');
  }

  /** Moves the 26 letters from {@code first} on; most texts have none of them and stay the same. */
  private static String shifted(String text, char first, int by) {
    int at = 0;
    while (at < text.length() && !isLetter(text.charAt(at), first)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    char[] characters = text.toCharArray();
    for (; at < characters.length; at++) {
      if (isLetter(characters[at], first)) {
        characters[at] += (char) by;
      }
    }
    return new String(characters);
  }

  private static boolean isLetter(char c, char first) {
    return c >= first && c < first + 26;
  }

  static String replace(String text, String part, String by) {
    return replace(text, part, by, -1);
  }

  /**
   * Replaces the first {@code limit} of the places where {@code part} is, all where it is negative.
   */
  static String replace(String text, String part, String by, long limit) {
    StringBuilder made = new StringBuilder();
    int from = 0;
    long left = limit;
    int found = left == 0 ? -1 : text.indexOf(part);
    while (found >= 0 && left != 0) {
      made.append(text, from, found).append(by);
      check(made.length());
      left--;
      from = found + part.length();
      if (part.isEmpty()) {
        if (found == text.length()) {
          break;
        }
        from = text.offsetByCodePoints(found, 1);
        made.append(text, found, from);
        found = from;
      } else {
        found = text.indexOf(part, from);
      }
    }
    return from == 0 && made.isEmpty() ? text : bounded(made.append(text, from, text.length()));
  }

  static String substring(String text, long from) {
    return text.substring(offset(text, from));
  }

  static String substring(String text, long from, long to) {
    if (from > to) {
      throw new CelIndexOutOfBoundsException(to);
    }
    int start = offset(text, from);
    return text.substring(start, offset(text, to));
  }

  /** Without the blanks at both ends, blanks being those of Unicode. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == 0x85
        || c == 0xa0
        || (c >= 0x1680 && Character.isSpaceChar(c));
  }

  static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  static List<String> split(String text, String separator) {
    return split(text, separator, -1);
  }

  /** At most {@code limit} parts, as many as there are where it is negative. */
  static List<String> split(String text, String separator, long limit) {
    List<String> parts = new ArrayList<>();
    if (limit == 0) {
      return parts;
    }
    int from = 0;
    while (parts.size() + 1 != limit) {
      int end = next(text, separator, from);
      if (end < 0) {
        break;
      }
      parts.add(text.substring(from, end));
      if (parts.size() >= PARTS_MAX) {
        throw new CelInvalidArgumentException("more than " + PARTS_MAX + " parts");
      }
      from = end + separator.length();
    }
    if (!separator.isEmpty() || from < text.length()) {
      parts.add(text.substring(from));
    }
    return parts;
  }

  private static int next(String text, String separator, int from) {
    if (!separator.isEmpty()) {
      return text.indexOf(separator, from);
    }
    return from < text.length() ? text.offsetByCodePoints(from, 1) : -1;
  }

  static String join(List<?> texts) {
    return join(texts, "");
  }

  static String join(List<?> texts, String separator) {
    StringBuilder made = new StringBuilder();
    for (Object text : texts) {
      made.append(made.isEmpty() ? "" : separator).append(text);
      check(made.length());
    }
    return bounded(made);
  }

  /**
   * The number of characters that must be put in, taken out or exchanged to make one text of the
   * other (V. Levenshtein, 1966), in O(length × length); of texts of at most {@value #DISTANCE_MAX}
   * characters.
   */
  static long distance(String a, String b) {
    int[] first = a.codePoints().toArray();
    int[] second = b.codePoints().toArray();
    if (Math.max(first.length, second.length) > DISTANCE_MAX) {
      throw new CelInvalidArgumentException("a text of more than " + DISTANCE_MAX + " characters");
    }
    int[] row = new int[second.length + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= first.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int exchanged = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[second.length];
  }
}
