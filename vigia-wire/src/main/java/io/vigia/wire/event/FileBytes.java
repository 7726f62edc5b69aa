package io.vigia.wire.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A window that moves over the bytes of a file, as large as the record that is being read. Mutable,
 * owned by one file being read.
 */
final class FileBytes implements Closeable {
  private static final int READ = 64 * 1024;

  private final InputStream in;
  private byte[] bytes = new byte[2 * READ];
  private int start;
  private int limit;
  private boolean ended;

  /** Kept until all that was read before it is used. */
  private @Nullable IOException failure;

  FileBytes(InputStream in) {
    this.in = in;
  }

  /** The bytes; another array after {@link #more()}. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the current record begins. */
  int start() {
    return start;
  }

  /** Behind the last byte that was read. */
  int limit() {
    return limit;
  }

  /** Goes on to the record that begins {@code length} bytes further. */
  void skip(int length) {
    start += length;
  }

  /**
   * Reads further bytes behind the limit; the record is then at another {@link #start()}. False at
   * the end of the file.
   */
  boolean more() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return false;
    }
    if (bytes.length - limit < READ) {
      int size = limit - start;
      byte[] target = size > bytes.length - READ ? new byte[2 * bytes.length] : bytes;
      System.arraycopy(bytes, start, target, 0, size);
      bytes = target;
      start = 0;
      limit = size;
    }
    int before = limit;
    int end = limit + READ;
    try {
      while (limit < end && !ended) {
        int read = in.read(bytes, limit, end - limit);
        ended = read < 0;
        limit += Math.max(0, read);
      }
    } catch (IOException e) {
      failure = e;
    }
    if (failure != null && limit == before) {
      throw failure;
    }
    return limit > before;
  }

  /**
   * How many bytes the current line has without its line feed, or -1 when it has more than a record
   * may; at the end of the file its rest.
   */
  int lineLength() throws IOException {
    int seen = 0;
    while (true) {
      for (int at = start + seen; at < limit; at++) {
        if (bytes[at] == '\n') {
          return at - start;
        }
      }
      seen = limit - start;
      if (seen > EventLimits.EVENT_BYTES) {
        return -1;
      }
      if (!more()) {
        return seen;
      }
    }
  }

  /** Goes on behind the next line feed, however far that is. */
  void skipLine() throws IOException {
    while (true) {
      for (int at = start; at < limit; at++) {
        if (bytes[at] == '\n') {
          start = at + 1;
          return;
        }
      }
      start = limit;
      if (!more()) {
        return;
      }
    }
  }

  /** Whether there is another byte. */
  boolean hasNext() throws IOException {
    return start < limit || more();
  }

  /** Passes over a byte order mark at the start of the file. */
  void skipByteOrderMark() throws IOException {
    while (limit - start < 3 && more()) {
      // a short first read
    }
    start += Utf8.byteOrderMark(bytes, start, limit - start);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
