package io.vigia.core.event;

/**
 * The 128-bit identity of an event within its pipeline, and the id of its decision.
 *
 * <p><b>Shape.</b> {@link #toString()} gives the decision id: 32 hexadecimal digits.
 *
 * <p><b>Source.</b> See {@link Identity}.
 */
public record EventId(long high, long low) {

  /** The identity of the event {@code id} of {@code key} in {@code stream}. */
  public static EventId of(String pipeline, String stream, String key, String id) {
    byte[] hash = Identity.hash(pipeline, stream, key, id);
    return new EventId(longAt(hash, 0), longAt(hash, 8));
  }

  private static long longAt(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + 8; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  @Override
  public String toString() {
    return hex(high) + hex(low);
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
