package io.vigia.core.expr;

import dev.cel.common.exceptions.CelBadFormatException;
import org.jspecify.annotations.Nullable;

/**
 * An address of the internet, of either version, as the 128 bits of version 6.
 *
 * <p>One of version 4 is held as {@code ::ffff:a.b.c.d} (RFC 4291, section 2.5.5.2), so that it is
 * the same address however it was written.
 *
 * <p><b>Errors.</b> A text is read strictly, and never looked up: four numbers of 0 to 255 without
 * leading zeros, which some take for octal; or the forms of RFC 4291, section 2.2. Zones, ports and
 * brackets are no part of an address.
 */
record IpAddress(long high, long low) {
  private static final long VERSION_4 = 0xffff_0000_0000L;
  private static final int GROUPS = 8;

  boolean isVersion4() {
    return high == 0 && (low & 0xffff_ffff_0000_0000L) == VERSION_4;
  }

  static boolean isAddress(String text) {
    return version4(text, 0, text.length()) >= 0 || version6(text) != null;
  }

  static IpAddress parse(String text) {
    long four = version4(text, 0, text.length());
    if (four >= 0) {
      return new IpAddress(0, VERSION_4 | four);
    }
    IpAddress six = version6(text);
    if (six == null) {
      throw new CelBadFormatException("no address");
    }
    return six;
  }

  /** The 32 bits of an address of version 4, or -1 where a text is none. */
  static long version4(String text, int from, int to) {
    if (to - from < 7 || to - from > 15) {
      return -1;
    }
    long address = 0;
    int numbers = 0;
    int at = from;
    while (true) {
      int start = at;
      int number = 0;
      while (at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 4) {
        number = number * 10 + text.charAt(at++) - '0';
      }
      boolean padded = at - start > 1 && text.charAt(start) == '0';
      if (at == start || padded || number > 255) {
        return -1;
      }
      address = address << 8 | number;
      if (++numbers == 4) {
        return at == to ? address : -1;
      }
      if (at == to || text.charAt(at++) != '.') {
        return -1;
      }
    }
  }

  private static @Nullable IpAddress version6(String text) {
    int length = text.length();
    if (length < 2 || length > 45) {
      return null;
    }
    long[] groups = new long[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < length) {
      int end = at;
      while (end < length && text.charAt(end) != ':') {
        end++;
      }
      long four = end == length && count <= GROUPS - 2 ? version4(text, at, end) : -1;
      if (four >= 0) {
        groups[count++] = four >>> 16;
        groups[count++] = four & 0xffff;
        at = end;
        break;
      }
      int group = group(text, at, end);
      if (group < 0 || count == GROUPS) {
        return null;
      }
      groups[count++] = group;
      at = end;
      if (at < length && ++at == length) {
        return null;
      }
      if (at < length && text.charAt(at) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = count;
        at++;
      }
    }
    return assemble(groups, count, gap);
  }

  /** One to four hexadecimal digits, or -1. */
  private static int group(String text, int from, int to) {
    if (to == from || to - from > 4) {
      return -1;
    }
    int group = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      group = group << 4 | digit;
    }
    return group;
  }

  private static @Nullable IpAddress assemble(long[] groups, int count, int gap) {
    if (gap < 0 ? count != GROUPS : count == GROUPS) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      int from = gap < 0 || i < gap ? i : i - (GROUPS - count);
      long group = gap >= 0 && i >= gap && i < gap + GROUPS - count ? 0 : groups[from];
      if (i < 4) {
        high = high << 16 | group;
      } else {
        low = low << 16 | group;
      }
    }
    return new IpAddress(high, low);
  }
}
