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
    return Identity.hash(pipeline, stream, key, id);
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
