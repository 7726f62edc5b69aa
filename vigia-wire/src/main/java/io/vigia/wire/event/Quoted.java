package io.vigia.wire.event;

/** Foreign text as it may stand in a message: in quotes, shortened, without control characters. */
final class Quoted {
  private static final int LONGEST = 40;

  private Quoted() {}

  static String of(String text) {
    return '"' + plain(text) + '"';
  }

  /** The same without quotes, for numbers and words. */
  static String plain(String text) {
    return shortened(text, LONGEST);
  }

  /** The same, of so many characters at most. */
  static String shortened(String text, int longest) {
    boolean shorten = text.length() > longest;
    int end = shorten ? longest - 1 : text.length();
    if (shorten && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder clean = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
      if (control || (Character.isSurrogate(c) && !inPair(text, i))) {
        clean.append(String.format("\\u%04x", (int) c));
      } else {
        clean.append(c);
      }
    }
    return shorten ? clean.append('…').toString() : clean.toString();
  }

  private static boolean inPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
