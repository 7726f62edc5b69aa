package io.vigia.core.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes an event itself: its id, its key, the hash by which a repetition is recognised, and
 * the hash of its content by which a forgery is.
 *
 * <p><b>Source.</b> What names an event outside its key is the first half of SHA-256, so that
 * nobody can choose ids that collide. Within a key who can choose an id can as well choose one that
 * was used before, so that a fast hash does: each word is multiplied to 128 bits and both halves
 * are folded, after W. Yi's wyhash. The content's hash is made alike; it only has to notice honest
 * differences.
 */
public final class Identity {
  private static final long FACTOR = 0x9fb21c651e98df25L;
  private static final long OTHER_FACTOR = 0xa0761d6478bd642fL;
  private static final long SHIFTED = 0x9e3779b97f4a7c15L;
  private static final long MISSING = 0xd1b54a32d192ed03L;
  private static final long ID_HIGH = 0x2545f4914f6cdd1dL;
  private static final long ID_LOW = 0x589965cc75374cc3L;
  private static final long CONTENT = 0xe7037ed1a0b428dbL;
  private static final int REAL_DIGITS = 15;

  private static final ThreadLocal<Hasher> HASHER = ThreadLocal.withInitial(Hasher::new);

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

  /**
   * One half of the 128-bit hash by which a key's log knows an event's id again.
   *
   * @param half 0 or 1
   */
  public static long idHash(String id, int half) {
    return mix(half == 0 ? ID_HIGH : ID_LOW, half == 0 ? FACTOR : OTHER_FACTOR, id);
  }

  /** A hash of the decoded values that does not depend on how they were written. */
  static long contentHash(StreamSchema schema, Slots values) {
    long hash = CONTENT;
    for (int i = 0; i < schema.size(); i++) {
      if (!values.has(i)) {
        hash = mix(hash, MISSING, FACTOR);
      } else {
        hash =
            switch (schema.type(i)) {
              case STRING -> mix(hash, FACTOR, (String) nonNull(values.object(i)));
              case DECIMAL -> mix(hash, (BigDecimal) nonNull(values.object(i)));
              case INT, TIMESTAMP, DOUBLE, BOOL -> mix(hash, values.number(i), FACTOR);
            };
      }
    }
    return hash;
  }

  /** Four characters at a time. */
  private static long mix(long hash, long factor, String text) {
    int length = text.length();
    long mixed = mix(hash, length, OTHER_FACTOR);
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      long word =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      mixed = mix(mixed, word, factor);
    }
    if (i < length) {
      long word = 0;
      for (; i < length; i++) {
        word = word << 16 | text.charAt(i);
      }
      mixed = mix(mixed, word, factor);
    }
    return mixed;
  }

  /** 2.0 and 2.00 are one decimal. */
  private static long mix(long hash, BigDecimal decimal) {
    // Up to 15 digits a double tells all decimals apart, and equal ones have the same.
    if (decimal.precision() <= REAL_DIGITS) {
      return mix(hash, Double.doubleToLongBits(decimal.doubleValue()), FACTOR);
    }
    BigDecimal shortest = decimal.stripTrailingZeros();
    return shortest.precision() <= REAL_DIGITS
        ? mix(hash, Double.doubleToLongBits(shortest.doubleValue()), FACTOR)
        : mix(hash, FACTOR, shortest.toString());
  }

  private static long mix(long hash, long bits, long factor) {
    long mixed = (hash ^ bits) + SHIFTED;
    return mixed * factor ^ Math.multiplyHigh(mixed, factor);
  }

  /**
   * The 128-bit hash of pipeline, stream, key and event id: the event's identity and its decision's
   * id.
   */
  static EventId hash(String pipeline, String stream, String key, String id) {
    return HASHER.get().hash(pipeline, stream, key, id);
  }

  /**
   * Gathers the parts in one buffer and digests them into another, so that nothing is allocated.
   */
  private static final class Hasher {
    private final MessageDigest digest = sha256();
    private final byte[] result = new byte[digest.getDigestLength()];
    private byte[] parts = new byte[256];
    private int size;

    EventId hash(String pipeline, String stream, String key, String id) {
      size = 0;
      // The length behind each part keeps "ab","c" apart from "a","bc".
      length(append(pipeline));
      length(append(stream));
      length(append(key));
      append(id);
      digest.update(parts, 0, size);
      try {
        digest.digest(result, 0, result.length);
      } catch (DigestException e) {
        throw new IllegalStateException("a digest of " + result.length + " bytes", e);
      }
      return new EventId(longAt(0), longAt(8));
    }

    /** Appends a text in UTF-8 and returns how many bytes it has. */
    private int append(String text) {
      int from = size;
      ensure(text.length() + 4);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c >= 0x80) {
          size = from;
          return appendEncoded(text.getBytes(StandardCharsets.UTF_8));
        }
        parts[size++] = (byte) c;
      }
      return size - from;
    }

    private int appendEncoded(byte[] bytes) {
      ensure(bytes.length + 4);
      System.arraycopy(bytes, 0, parts, size, bytes.length);
      size += bytes.length;
      return bytes.length;
    }

    private void length(int length) {
      ensure(4);
      for (int shift = 24; shift >= 0; shift -= 8) {
        parts[size++] = (byte) (length >>> shift);
      }
    }

    private void ensure(int more) {
      if (parts.length - size < more) {
        parts = Arrays.copyOf(parts, 2 * (size + more));
      }
    }

    private long longAt(int from) {
      long value = 0;
      for (int i = from; i < from + 8; i++) {
        value = (value << 8) | (result[i] & 0xff);
      }
      return value;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
