package io.vigia.core.state;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes state in its binary form: small numbers in few bytes.
 *
 * <p><b>Shape.</b> Unsigned numbers are LEB128, signed ones zigzag before that, doubles eight
 * bytes, texts UTF-8 behind their length. What was written can be taken once by {@link
 * #toByteArray()}, after which {@link #reset()} makes the buffer usable again. Not thread-safe.
 */
public final class StateOutput {
  private byte[] buffer = new byte[256];
  private int size;

  public void reset() {
    size = 0;
  }

  public int size() {
    return size;
  }

  /** The bytes so far; only the first {@link #size()} count. Valid until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  public void writeByte(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
  }

  /** Any 64 bits, cheapest for small non-negative values. */
  public void writeUnsigned(long value) {
    ensure(10);
    // In locals: this is most of a checkpoint, and a field would be written for every byte.
    byte[] target = buffer;
    int at = size;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    size = at;
  }

  /** Any 64 bits, cheapest for values near zero of either sign. */
  public void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** Eight bytes, most significant first. */
  public void writeFixed(long value) {
    ensure(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  public void writeReal(double value) {
    writeFixed(Double.doubleToLongBits(value));
  }

  public void writeText(String value) {
    writeBlock(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A decimal: scale and unscaled value. */
  public void writeDecimal(BigDecimal value) {
    writeSigned(value.scale());
    writeBlock(value.unscaledValue().toByteArray());
  }

  /** Bytes behind their length. */
  public void writeBlock(byte[] bytes) {
    writeUnsigned(bytes.length);
    writeBytes(bytes);
  }

  /** Bytes as they are. */
  void writeRaw(byte[] bytes) {
    writeBytes(bytes);
  }

  private void writeBytes(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
