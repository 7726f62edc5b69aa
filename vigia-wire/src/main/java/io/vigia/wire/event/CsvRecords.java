package io.vigia.wire.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a CSV file one after the other, and finds their cells.
 *
 * <p><b>Shape.</b> As RFC 4180 says: commas, records at line ends (LF or CRLF), a cell in double
 * quotes may hold commas, line ends and doubled quotes. A quote inside a cell that does not begin
 * with one is text, as in {@code 22" frame}. Empty lines are passed over.
 *
 * <p><b>Errors.</b> A broken record costs its first line only: what follows is read as if the line
 * were not there, so that one stray quote never swallows good records.
 *
 * <p>Mutable, owned by one file being read.
 */
final class CsvRecords implements Closeable {
  /*
   * Why not a library: those for Java decode a stream of characters, so a byte that is not UTF-8 is
   * either replaced unseen or ends the reading, and after a quote that is never closed they have no
   * way back. Here a record stays in the buffer as bytes until it is known to be good; places of
   * cells count from its start, because the buffer moves when more is read.
   */
  private static final int END = -1;

  private final FileBytes file;
  private int[] cellFrom = new int[32];
  private int[] cellTo = new int[32];
  private boolean[] cellDoubled = new boolean[32];
  private int cells;
  private int length;
  private int lines;
  private int line;
  private int nextLine = 1;
  private @Nullable String broken;
  private boolean tooLong;

  CsvRecords(FileBytes file) {
    this.file = file;
  }

  /** Moves on to the next record; false at the end of the file. */
  boolean next() throws IOException {
    file.skip(length);
    length = 0;
    while (file.hasNext()) {
      line = nextLine;
      broken = null;
      tooLong = false;
      scan();
      if (broken != null) {
        file.skipLine();
        nextLine++;
        length = 0;
        return true;
      }
      nextLine += lines;
      if (cells > 1 || cellTo[0] > cellFrom[0] || cellFrom[0] > 0) {
        return true;
      }
      file.skip(length);
      length = 0;
    }
    return false;
  }

  /** The line at which the record begins, from 1. */
  int line() {
    return line;
  }

  /** What is wrong with the record as a whole, or null. */
  @Nullable String broken() {
    return broken;
  }

  /** Whether that is its length. */
  boolean tooLong() {
    return tooLong;
  }

  int cells() {
    return cells;
  }

  /** Moves {@code into} to a cell of the record. */
  void cell(int index, Cell into) {
    int start = file.start();
    into.move(file.bytes(), start + cellFrom[index], start + cellTo[index], cellDoubled[index]);
  }

  byte[] bytes() {
    return file.bytes();
  }

  int start() {
    return file.start();
  }

  /** How many bytes the record has, with its line end. */
  int length() {
    return length;
  }

  /** Where a cell begins, in bytes from the record's start. */
  int cellFrom(int index) {
    return cellFrom[index];
  }

  private void scan() throws IOException {
    cells = 0;
    lines = 1;
    int at = 0;
    while (true) {
      at = byteAt(at) == '"' ? scanQuoted(at + 1) : scanPlain(at);
      if (broken == null && at > EventLimits.EVENT_BYTES) {
        broken =
            "found a record of more than "
                + EventLimits.EVENT_BYTES
                + " bytes, expected at most that";
        tooLong = true;
      }
      if (broken != null) {
        return;
      }
      if (byteAt(at) != ',') {
        length = byteAt(at) == '\n' ? at + 1 : at;
        return;
      }
      at++;
    }
  }

  /** Scans a cell without quotes and gives the place of what ends it. */
  private int scanPlain(int from) throws IOException {
    int at = from;
    while (true) {
      byte[] bytes = file.bytes();
      int start = file.start();
      int limit = file.limit() - start;
      for (; at < limit; at++) {
        byte b = bytes[start + at];
        if (b == ',' || b == '\n') {
          add(from, b == '\n' && at > from && bytes[start + at - 1] == '\r' ? at - 1 : at, false);
          return at;
        }
      }
      if (at > EventLimits.EVENT_BYTES || !file.more()) {
        add(from, at > from && byteAt(at - 1) == '\r' ? at - 1 : at, false);
        return at;
      }
    }
  }

  /** Scans a cell behind its opening quote and gives the place of what follows the closing one. */
  private int scanQuoted(int from) throws IOException {
    boolean doubled = false;
    int at = from;
    while (true) {
      int b = byteAt(at);
      if (b == '"') {
        if (byteAt(at + 1) != '"') {
          break;
        }
        doubled = true;
        at++;
      } else if (b == '\n') {
        lines++;
      } else if (b == END || at > EventLimits.EVENT_BYTES) {
        broken = "a quote is opened that is never closed";
        return at;
      }
      at++;
    }
    add(from, at, doubled);
    at++;
    if (byteAt(at) == '\r' && (byteAt(at + 1) == '\n' || byteAt(at + 1) == END)) {
      at++;
    }
    int behind = byteAt(at);
    if (behind != ',' && behind != '\n' && behind != END) {
      broken = "text follows a closing quote, expected a comma or the end of the line";
    }
    return at;
  }

  private int byteAt(int at) throws IOException {
    while (file.start() + at >= file.limit()) {
      if (!file.more()) {
        return END;
      }
    }
    return file.bytes()[file.start() + at] & 0xff;
  }

  private void add(int from, int to, boolean doubled) {
    if (cells == cellFrom.length) {
      cellFrom = Arrays.copyOf(cellFrom, 2 * cells);
      cellTo = Arrays.copyOf(cellTo, 2 * cells);
      cellDoubled = Arrays.copyOf(cellDoubled, 2 * cells);
    }
    cellFrom[cells] = from;
    cellTo[cells] = to;
    cellDoubled[cells] = doubled;
    cells++;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
