package io.vigia.core.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link StateOutput} wrote.
 *
 * <p><b>Errors.</b> Bytes that no version of Vigia can have written throw {@link
 * IllegalStateException}: a damaged checkpoint must be noticed, not read.
 */
public final class StateInput {
  /** More places than any value has; damaged ones could make a number of a gigabyte. */
  private static final int SCALE_MAX = 1_000;

  private final byte[] bytes;
  private int at;

  public StateInput(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean isAtEnd() {
    return at == bytes.length;
  }

  public int readByte() {
    need(1);
    return bytes[at++] & 0xff;
  }

  public long readUnsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged("a number of more than ten bytes");
  }

  /** A number that fits 31 bits: an ordinal, a version. */
  public int readCount() {
    long count = readUnsigned();
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw damaged("count " + count);
    }
    return (int) count;
  }

  /**
   * How many things of at least {@code leastBytes} each follow: never more than the bytes that are
   * left can hold, so that memory can be made for them.
   */
  public int readCount(int leastBytes) {
    long count = readUnsigned();
    if (count < 0 || count > (bytes.length - at) / leastBytes) {
      throw damaged("a count of " + count + " with " + (bytes.length - at) + " bytes left");
    }
    return (int) count;
  }

  public long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public long readFixed() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[at++] & 0xff);
    }
    return value;
  }

  public double readReal() {
    return Double.longBitsToDouble(readFixed());
  }

  public String readText() {
    int length = readCount(1);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Bytes behind their length. */
  public byte[] readBlock() {
    int length = readCount(1);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  public BigDecimal readDecimal() {
    long scale = readSigned();
    byte[] unscaled = readBlock();
    if (unscaled.length == 0 || Math.abs(scale) > SCALE_MAX) {
      throw damaged("a decimal of " + unscaled.length + " bytes and scale " + scale);
    }
    return new BigDecimal(new BigInteger(unscaled), (int) scale);
  }

  /** Checks that nothing follows. */
  public void end() {
    if (!isAtEnd()) {
      throw damaged((bytes.length - at) + " bytes too many");
    }
  }

  private void need(int count) {
    if (bytes.length - at < count) {
      throw damaged("an end after " + bytes.length + " bytes");
    }
  }

  private static IllegalStateException damaged(String found) {
    return new IllegalStateException("damaged state: found " + found);
  }
}
