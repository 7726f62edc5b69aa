package io.vigia.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What came back: the latency of every request, and how many were not answered as they should be.
 *
 * <p><b>Shape.</b> {@code latencies} in microseconds from the scheduled time to the end of the
 * answer, of all answers, good or not. {@code fallbacks} were answered without a decision, {@code
 * refused} with 429, {@code errors} otherwise or not at all. {@code lateMicros} is how far the
 * sender itself was behind its schedule at worst.
 */
public record LoadResult(
    Histogram latencies, long fallbacks, long refused, long errors, long lateMicros) {
  private static final int WORDS = 5;

  /** Whether a figure made of this means anything. */
  public boolean isValid() {
    return fallbacks == 0 && refused == 0 && errors == 0;
  }

  String line() {
    ByteBuffer buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
    byte[] encoded = new byte[latencies.encodeIntoCompressedByteBuffer(buffer)];
    buffer.rewind().get(encoded);
    return "%d %d %d %d %s"
        .formatted(
            fallbacks, refused, errors, lateMicros, Base64.getEncoder().encodeToString(encoded));
  }

  static LoadResult parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS) {
      throw new IllegalArgumentException("result: expected " + WORDS + " words, got " + line);
    }
    try {
      Histogram latencies =
          Histogram.decodeFromCompressedByteBuffer(
              ByteBuffer.wrap(Base64.getDecoder().decode(words[4])), 0);
      return new LoadResult(
          latencies,
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("result: not a histogram: got " + line, e);
    }
  }
}
