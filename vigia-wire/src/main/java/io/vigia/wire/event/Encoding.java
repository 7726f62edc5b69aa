package io.vigia.wire.event;

/** Tells bytes that are not UTF-8 from each other, so that the message can say what to do. */
final class Encoding {
  private Encoding() {}

  /** Reports bytes that {@link Utf8#scan} found invalid, or to have a zero byte. */
  static void refuse(byte[] bytes, int from, int length, EventProblems problems) {
    int at = Utf8.firstInvalid(bytes, from, length);
    if (at < 0 || looksLikeUtf16(bytes, from, length)) {
      problems.malformed(
          problems.at(1),
          "found zero bytes, expected text in UTF-8",
          "convert the text, for example with: iconv -f UTF-16 -t UTF-8");
    } else {
      int column = 1 + Utf8.characters(bytes, from, at);
      problems.malformed(
          problems.at(column),
          "found the byte 0x"
              + Integer.toHexString(bytes[at] & 0xff)
              + " at column "
              + column
              + ", which is not UTF-8",
          "convert the text, for example with: iconv -f WINDOWS-1252 -t UTF-8");
    }
  }

  static boolean looksLikeUtf16(byte[] bytes, int from, int length) {
    if (length < 2) {
      return false;
    }
    int first = bytes[from] & 0xff;
    int second = bytes[from + 1] & 0xff;
    return first == 0
        || second == 0
        || (first + second == 0xfe + 0xff && Math.abs(first - second) == 1);
  }
}
