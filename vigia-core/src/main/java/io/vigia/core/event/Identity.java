package io.vigia.core.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes an event itself: its id, its key, the hash by which a repetition is recognised, and
 * the hash of its content by which a forgery is.
 *
 * <p><b>Source.</b> The id's hash is the first half of SHA-256, so that nobody can choose ids that
 * collide. The content's hash is FNV-1a, 64 bits, over the decoded values: it only has to notice
 * honest differences.
 */
public final class Identity {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Identity::sha256);

  private Identity() {}

  /**
   * Joins a source and an id into one, reversibly: {@code orders.csv:17}. Colons and percent signs
   * of the id are escaped, those of the source need not be.
   */
  public static String join(String source, String id) {
    String escaped =
        id.indexOf(':') < 0 && id.indexOf('%') < 0
            ? id
            : id.replace("%", "%25").replace(":", "%3A");
    return source + ":" + escaped;
  }

  /**
   * The text of one field, or of several joined by an unprintable separator; null when one is
   * missing.
   *
   * <p>The separator (unit separator, 0x1F) is escaped where a value contains it, so that different
   * parts never make the same key.
   */
  public static @Nullable String keyOf(StreamSchema schema, Slots values, int[] fields) {
    if (fields.length == 1) {
      return text(schema, values, fields[0]);
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < fields.length; i++) {
      String part = text(schema, values, fields[i]);
      if (part == null) {
        return null;
      }
      if (i > 0) {
        joined.append(SEPARATOR);
      }
      joined.append(
          part.indexOf(SEPARATOR) < 0 && part.indexOf(ESCAPE) < 0
              ? part
              : part.replace("" + ESCAPE, ESCAPE + "e").replace("" + SEPARATOR, ESCAPE + "s"));
    }
    return joined.toString();
  }

  private static final char SEPARATOR = '\u001f';
  private static final char ESCAPE = '\u001b';

  /** A key as people read it: the parts of a joined one with a plus between them. */
  public static String readable(String key) {
    return key.indexOf(SEPARATOR) < 0
        ? key
        : key.replace("" + SEPARATOR, " + ")
            .replace(ESCAPE + "s", "" + SEPARATOR)
            .replace(ESCAPE + "e", "" + ESCAPE);
  }

  /** The parts that a key was joined of. */
  public static List<String> parts(String key) {
    if (key.indexOf(SEPARATOR) < 0) {
      return List.of(key);
    }
    return Arrays.stream(key.split("" + SEPARATOR, -1))
        .map(part -> part.replace(ESCAPE + "s", "" + SEPARATOR).replace(ESCAPE + "e", "" + ESCAPE))
        .toList();
  }

  private static @Nullable String text(StreamSchema schema, Slots values, int field) {
    if (!values.has(field)) {
      return null;
    }
    return switch (schema.type(field)) {
      case STRING -> (String) values.object(field);
      // 2.0 and 2.00 are one decimal, so they are one key.
      case DECIMAL ->
          ((BigDecimal) nonNull(values.object(field))).stripTrailingZeros().toPlainString();
      case INT, TIMESTAMP -> Long.toString(values.number(field));
      case DOUBLE -> Double.toString(values.real(field));
      case BOOL -> values.number(field) != 0 ? "true" : "false";
    };
  }

  private static Object nonNull(@Nullable Object value) {
    return java.util.Objects.requireNonNull(value);
  }

  /** A hash of the decoded values that does not depend on how they were written. */
  static long contentHash(StreamSchema schema, Slots values) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < schema.size(); i++) {
      if (!values.has(i)) {
        hash = mix(hash, 0x9e37_79b9L);
      } else {
        hash =
            switch (schema.type(i)) {
              case STRING, DECIMAL -> mix(hash, nonNull(text(schema, values, i)).toString());
              case INT, TIMESTAMP, DOUBLE, BOOL -> mix(hash, values.number(i));
            };
      }
    }
    return hash;
  }

  private static long mix(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(mixed, text.length());
  }

  private static long mix(long hash, long bits) {
    long mixed = hash;
    for (int shift = 0; shift < 64; shift += 16) {
      mixed = (mixed ^ (bits >>> shift & 0xffff)) * FNV_PRIME;
    }
    return mixed;
  }

  /**
   * The 128-bit hash of pipeline, stream, key and event id: the event's identity and its decision's
   * id.
   */
  static byte[] hash(String pipeline, String stream, String key, String id) {
    MessageDigest digest = SHA_256.get();
    digest.reset();
    update(digest, pipeline);
    update(digest, stream);
    update(digest, key);
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }

  private static void update(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(bytes);
    // The length behind each part keeps "ab","c" apart from "a","bc".
    digest.update((byte) (bytes.length >>> 24));
    digest.update((byte) (bytes.length >>> 16));
    digest.update((byte) (bytes.length >>> 8));
    digest.update((byte) bytes.length);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
