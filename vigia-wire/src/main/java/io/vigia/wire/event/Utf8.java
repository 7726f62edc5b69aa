package io.vigia.wire.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks bytes over before they are parsed: strictly UTF-8, and which characters need more care. */
final class Utf8 {
  /*
   * JSON parsers are lenient with UTF-8: overlong forms and encoded surrogates pass, and then two
   * byte strings are one text, which an identity must never allow. So every event is checked here,
   * eight bytes at a time as long as they are ASCII, which nearly all are. The same look tells
   * whether there is a backslash (only escapes can make half a surrogate pair or a NUL in a text)
   * and whether there is a zero byte (then it may be UTF-16, and a parser must not guess that).
   *
   * The table of well-formed sequences is table 3-7 of the Unicode standard.
   */
  static final int INVALID = 1;
  static final int BACKSLASH = 2;
  static final int ZERO = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long BACKSLASHES = ONES * '\\';

  private Utf8() {}

  /** What there is in the bytes: a sum of the constants, 0 for plain well-formed text. */
  static int scan(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    long zeros = 0;
    long backslashes = 0;
    while (at < end) {
      if (at + 8 <= end) {
        long eight = (long) LONGS.get(bytes, at);
        if ((eight & HIGH_BITS) == 0) {
          long other = eight ^ BACKSLASHES;
          zeros |= eight - ONES;
          backslashes |= other - ONES;
          at += 8;
          continue;
        }
      }
      byte b = bytes[at];
      if (b >= 0) {
        zeros |= b == 0 ? HIGH_BITS : 0;
        backslashes |= b == '\\' ? HIGH_BITS : 0;
        at++;
      } else {
        int size = sequence(bytes, at, end);
        if (size == 0) {
          return INVALID;
        }
        at += size;
      }
    }
    return ((zeros & HIGH_BITS) != 0 ? ZERO : 0) | ((backslashes & HIGH_BITS) != 0 ? BACKSLASH : 0);
  }

  /** Where the first byte stands that is not UTF-8, or -1. */
  static int firstInvalid(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end) {
      int size = bytes[at] >= 0 ? 1 : sequence(bytes, at, end);
      if (size == 0) {
        return at;
      }
      at += size;
    }
    return -1;
  }

  /**
   * How many bytes the sequence at {@code at} has that begins with a high bit; 0 when malformed.
   */
  private static int sequence(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return continues(bytes, at + 1, end) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
      boolean good =
          continues(bytes, at + 1, end)
              && continues(bytes, at + 2, end)
              && (first != 0xe0 || (bytes[at + 1] & 0xff) >= 0xa0)
              && (first != 0xed || (bytes[at + 1] & 0xff) <= 0x9f);
      return good ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
      boolean good =
          continues(bytes, at + 1, end)
              && continues(bytes, at + 2, end)
              && continues(bytes, at + 3, end)
              && (first != 0xf0 || (bytes[at + 1] & 0xff) >= 0x90)
              && (first != 0xf4 || (bytes[at + 1] & 0xff) <= 0x8f);
      return good ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int at, int end) {
    return at < end && (bytes[at] & 0xc0) == 0x80;
  }

  /** How many bytes a byte order mark takes at the start, 0 or 3. */
  static int byteOrderMark(byte[] bytes, int from, int length) {
    return length >= 3
            && bytes[from] == (byte) 0xef
            && bytes[from + 1] == (byte) 0xbb
            && bytes[from + 2] == (byte) 0xbf
        ? 3
        : 0;
  }

  /** How many characters (code points) the bytes hold. */
  static int characters(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += (bytes[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }
}
