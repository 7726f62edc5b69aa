package io.vigia.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Sends JSON that nobody may keep. */
public final class JsonAnswer {
  private JsonAnswer() {}

  /** Sends an object. */
  public static void send(HttpServerResponse response, int status, JsonObject body) {
    send(response, status, body.toBuffer());
  }

  /** Sends bytes that are JSON already; does nothing when the client has gone. */
  public static void send(HttpServerResponse response, int status, Buffer body) {
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body);
  }
}
