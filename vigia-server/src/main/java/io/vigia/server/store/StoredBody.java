package io.vigia.server.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A stored decision's bytes, and what was answered before it came.
 *
 * <p><b>Shape.</b> {@code answered} is null unless a fallback was answered.
 */
public record StoredBody(byte[] body, @Nullable String answered) {

  /** The decision's JSON, with a last member {@code answered} where a fallback was answered. */
  public void appendTo(Buffer json) {
    if (answered == null) {
      json.appendBytes(body);
      return;
    }
    int end = body.length;
    while (end > 0 && body[end - 1] != '}') {
      end--;
    }
    json.appendBytes(body, 0, Math.max(0, end - 1))
        .appendString(",\"answered\":" + Json.encode(answered) + "}");
  }
}
