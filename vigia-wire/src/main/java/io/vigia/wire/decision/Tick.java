package io.vigia.wire.decision;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A control record that tells how far event time has come in a stream, where no event tells it.
 *
 * <p><b>Shape.</b> The headers {@link RecordHeaders#CONTROL}, {@link RecordHeaders#MARK} and {@link
 * RecordHeaders#STREAM}; the record's key is {@link #KEY}, so that a compacted topic takes it, and
 * its value the empty object {@code {}}, so that who else reads the topic finds JSON.
 *
 * <p><b>Units and bounds.</b> {@code markMs} epoch milliseconds of the years 1 to 9999.
 *
 * @param stream {@code <pipeline>.<stream>}
 */
public record Tick(String stream, long markMs) {
  /** The key of a tick's record. */
  public static final String KEY = "vigia-tick";

  private static final long FIRST_MS = -62_135_596_800_000L;
  private static final long LAST_MS = 253_402_300_799_999L;
  private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);

  /** The name by which a tick means a stream. */
  public static String streamOf(String pipeline, String stream) {
    return pipeline + "." + stream;
  }

  /** The value of a tick's record. */
  public static byte[] value() {
    return VALUE.clone();
  }

  /** What a record's headers say; null when they are not those of a tick. */
  public static @Nullable Tick of(
      @Nullable String control, @Nullable String mark, @Nullable String stream) {
    if (!RecordHeaders.CONTROL_TICK.equals(control) || mark == null || stream == null) {
      return null;
    }
    try {
      long markMs = Long.parseLong(mark);
      return markMs < FIRST_MS || markMs > LAST_MS ? null : new Tick(stream, markMs);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
