package io.vigia.server.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ended: the time and the id of its last row.
 *
 * <p>What comes in meanwhile neither shifts nor repeats a row. Outside it is a text without
 * meaning.
 */
public record PageCursor(Instant time, UUID id) {

  /** The cursor that a text stands for; null when it is none. */
  public static @Nullable PageCursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      UUID id = colon < 0 ? null : DecisionIds.parse(plain.substring(colon + 1));
      return id == null
          ? null
          : new PageCursor(Instant.ofEpochMilli(Long.parseLong(plain.substring(0, colon))), id);
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    String plain = time.toEpochMilli() + ":" + DecisionIds.text(id);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
