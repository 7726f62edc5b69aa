package io.vigia.core.expr;

import dev.cel.common.exceptions.CelBadFormatException;

/**
 * All addresses that begin with the same bits, written as RFC 4632 has it: {@code 10.0.0.0/8},
 * {@code 2001:db8::/32}, or one address alone.
 *
 * <p><b>Errors.</b> Bits behind the prefix must be 0, since whoever writes {@code 10.1.2.3/8} meant
 * something else.
 */
record IpNetwork(long high, long low, int prefix) {
  private static final int BITS = 128;
  private static final int BITS_4 = 32;

  static IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = address.isVersion4() && text.indexOf(':') < 0 ? BITS_4 : BITS;
    int prefix = BITS - bits + (slash < 0 ? bits : number(text, slash + 1, bits));
    IpNetwork network = new IpNetwork(address.high(), address.low(), prefix);
    if ((address.high() & ~highMask(prefix)) != 0 || (address.low() & ~lowMask(prefix)) != 0) {
      throw new CelBadFormatException("bits behind the prefix");
    }
    return network;
  }

  private static int number(String text, int from, int most) {
    int digits = text.length() - from;
    boolean padded = digits > 1 && text.charAt(from) == '0';
    int number = digits < 1 || digits > 3 || padded ? -1 : 0;
    for (int i = from; i < text.length() && number >= 0; i++) {
      int digit = text.charAt(i) - '0';
      number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
    }
    if (number < 0 || number > most) {
      throw new CelBadFormatException("no length of a prefix");
    }
    return number;
  }

  private static long highMask(int prefix) {
    return prefix == 0 ? 0 : prefix >= 64 ? -1 : -1L << (64 - prefix);
  }

  private static long lowMask(int prefix) {
    return prefix <= 64 ? 0 : -1L << (BITS - prefix);
  }

  /** Whether an address belongs to it; an exception where the text is none. */
  boolean contains(String text) {
    long four = IpAddress.version4(text, 0, text.length());
    if (four >= 0) {
      return isBegunBy(0, 0xffff_0000_0000L | four);
    }
    IpAddress address = IpAddress.parse(text);
    return isBegunBy(address.high(), address.low());
  }

  private boolean isBegunBy(long otherHigh, long otherLow) {
    return ((high ^ otherHigh) & highMask(prefix)) == 0
        && ((low ^ otherLow) & lowMask(prefix)) == 0;
  }
}
