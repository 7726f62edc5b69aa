package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value after the other, each into bytes of its own, with one generator for all.
 *
 * <p><b>Shape.</b> {@code bytes.write(out -> out.writeNumber(5))}. Decimals stand without exponent,
 * doubles as the shortest text that reads back to the same double, non-ASCII as UTF-8.
 *
 * <p><b>Units and bounds.</b> Keeps a buffer as large as the largest value written. Mutable, owned
 * by one thread.
 */
public final class JsonBytes {
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private @Nullable JsonGenerator generator;

  /** What writes one value. */
  @FunctionalInterface
  public interface Value {
    void writeTo(JsonGenerator out) throws IOException;
  }

  /** The bytes of one value. */
  public byte[] write(Value value) {
    JsonGenerator out = generator;
    generator = null; // a value that throws leaves a generator in the middle of something
    buffer.reset();
    try {
      if (out == null) {
        out = Json.FACTORY.createGenerator(buffer);
      }
      value.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array takes every byte", e);
    }
    generator = out;
    return buffer.toByteArray();
  }
}
