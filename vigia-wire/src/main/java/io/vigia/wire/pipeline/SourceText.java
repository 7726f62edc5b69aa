package io.vigia.wire.pipeline;

import io.vigia.core.problem.Place;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A file's characters and where each of them stands.
 *
 * <p><b>Units and bounds.</b> An index counts characters (code points) from 0, as the YAML parser
 * does; lines count from 0 here and from 1 in a {@link Place}. A line ends with LF, CR LF or CR.
 */
final class SourceText {
  /** What unreadable parts are overwritten with: reads as plain text wherever it stands. */
  private static final int FILLER = 'x';

  private final String file;
  private final int[] characters;
  private final int[] lineStarts;
  private final BitSet overwritten;
  private final BitSet damaged;
  private final boolean cut;

  private SourceText(
      String file,
      int[] characters,
      int[] lineStarts,
      BitSet overwritten,
      BitSet damaged,
      boolean cut) {
    this.file = file;
    this.characters = characters;
    this.lineStarts = lineStarts;
    this.overwritten = overwritten;
    this.damaged = damaged;
    this.cut = cut;
  }

  static SourceText of(String file, String text) {
    int[] characters = text.codePoints().toArray();
    return new SourceText(
        file, characters, lineStarts(characters), new BitSet(), new BitSet(), false);
  }

  private static int[] lineStarts(int[] characters) {
    int[] starts = new int[64];
    int lines = 1;
    for (int i = 0; i < characters.length; i++) {
      boolean crLf =
          characters[i] == '\r' && i + 1 < characters.length && characters[i + 1] == '\n';
      if (isBreak(characters[i]) && !crLf) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, lines);
  }

  private static boolean isBreak(int character) {
    return character == '\n' || character == '\r';
  }

  String file() {
    return file;
  }

  int length() {
    return characters.length;
  }

  /** The character at an index, or -1 beyond the ends. */
  int at(int index) {
    return index >= 0 && index < characters.length ? characters[index] : -1;
  }

  /** The text from one index to another, which is left out. */
  String slice(int from, int to) {
    int start = Math.max(0, from);
    return new String(characters, start, Math.max(0, Math.min(to, length()) - start));
  }

  /** The characters from one index to another, which is left out. */
  int[] characters(int from, int to) {
    return Arrays.copyOfRange(characters, from, to);
  }

  int lines() {
    return lineStarts.length;
  }

  /** The line in which an index lies. */
  int line(int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    return found >= 0 ? found : -found - 2;
  }

  int column(int index) {
    return index - lineStarts[line(index)];
  }

  int lineStart(int line) {
    return lineStarts[line];
  }

  /** Where a line ends, its break left out. */
  int lineEnd(int line) {
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : characters.length;
    while (end > lineStarts[line] && isBreak(characters[end - 1])) {
      end--;
    }
    return end;
  }

  String lineText(int line) {
    return slice(lineStart(line), lineEnd(line));
  }

  /** The first index of a line that is neither space nor tab; its end if there is none. */
  int contentStart(int line) {
    return skipBlanks(lineStart(line), lineEnd(line));
  }

  /** The first index from {@code from} that is neither space nor tab, at most {@code end}. */
  int skipBlanks(int from, int end) {
    int at = from;
    while (at < end && (characters[at] == ' ' || characters[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** {@code end} moved back over spaces and tabs, at least to {@code from}. */
  int trimEnd(int from, int end) {
    int at = end;
    while (at > from && (characters[at - 1] == ' ' || characters[at - 1] == '\t')) {
      at--;
    }
    return at;
  }

  Place place(int index) {
    int inside = Math.max(0, Math.min(index, characters.length));
    return new Place(file, line(inside) + 1, column(inside) + 1);
  }

  /** The same text with a part read as some plain text; all places stay as they are. */
  SourceText overwrite(int from, int to) {
    return replace(from, to, false);
  }

  /** The same for a part that may hide what belongs beside it. */
  SourceText overwriteDamaged(int from, int to) {
    return replace(from, to, true);
  }

  private SourceText replace(int from, int to, boolean damage) {
    int[] copy = characters.clone();
    for (int i = from; i < to; i++) {
      if (copy[i] == '\t') {
        copy[i] = ' ';
      } else if (copy[i] != ' ' && !isBreak(copy[i])) {
        copy[i] = FILLER;
      }
    }
    BitSet marked = (BitSet) overwritten.clone();
    marked.set(from, to);
    BitSet hurt = (BitSet) damaged.clone();
    hurt.set(from, damage ? to : from);
    return new SourceText(file, copy, lineStarts, marked, hurt, cut);
  }

  /** The same text with lines read as comments. */
  SourceText commentOut(int fromLine, int toLine) {
    int[] copy = characters.clone();
    for (int line = fromLine; line < toLine; line++) {
      for (int i = lineStarts[line]; i < lineEnd(line); i++) {
        copy[i] = i == lineStarts[line] ? '#' : FILLER;
      }
    }
    return new SourceText(file, copy, lineStarts, overwritten, damaged, true);
  }

  /** The same text with other characters, of which some are not to be read. */
  SourceText with(int[] otherCharacters, BitSet unread) {
    return new SourceText(file, otherCharacters, lineStarts, unread, new BitSet(), false);
  }

  int[] copyCharacters() {
    return characters.clone();
  }

  /** Whether a part holds something that was overwritten. */
  boolean isOverwritten(int from, int to) {
    int next = overwritten.nextSetBit(from);
    return next >= 0 && next < to;
  }

  /** Whether a part holds something that may hide what belongs beside it. */
  boolean isDamaged(int from, int to) {
    int next = damaged.nextSetBit(from);
    return next >= 0 && next < to;
  }

  /** Whether some lines were left out. */
  boolean isCut() {
    return cut;
  }
}
