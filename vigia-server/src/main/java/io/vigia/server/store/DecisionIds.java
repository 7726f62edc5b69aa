package io.vigia.server.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decision ids between the log's text, 32 hexadecimal digits, and PostgreSQL's {@code uuid}. */
public final class DecisionIds {
  private static final int DIGITS = 32;

  private DecisionIds() {}

  /** The id that a text names; null when it is none. */
  public static @Nullable UUID parse(@Nullable String text) {
    if (text == null || text.length() != DIGITS) {
      return null;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return null;
      }
    }
    return new UUID(
        Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, DIGITS, 16));
  }

  /** The id that a text names; {@link IllegalArgumentException} when it is none. */
  public static UUID of(String text) {
    UUID id = parse(text);
    if (id == null) {
      throw new IllegalArgumentException("an id must be 32 hexadecimal digits: got " + text);
    }
    return id;
  }

  /** The text of an id. */
  public static String text(UUID id) {
    return id.toString().replace("-", "");
  }
}
