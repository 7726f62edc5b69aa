package io.vigia.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says what is wrong, as {@code application/problem+json}.
 *
 * <p><b>Shape.</b> <code>{"type":"urn:vigia:unknown-stream","title":…,"status":404,"detail":…}
 * </code>, with {@code problems} where the input itself has faults. The type is stable; title and
 * detail are for people.
 *
 * <p><b>Source.</b> RFC 9457.
 */
public final class ProblemAnswer {
  /** The media type of every answer that is a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private final JsonObject body;
  private final int status;
  private @Nullable Duration retryAfter;
  private @Nullable String allow;

  private ProblemAnswer(int status, String type, String title, String detail) {
    this.status = status;
    this.body =
        new JsonObject()
            .put("type", "urn:vigia:" + type)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
  }

  /** A problem of a status with a stable type (lower case, joined by hyphens). */
  public static ProblemAnswer of(int status, String type, String title, String detail) {
    return new ProblemAnswer(status, type, title, detail);
  }

  /** The request itself cannot be understood. */
  public static ProblemAnswer badRequest(String detail) {
    return of(400, "bad-request", "the request cannot be understood", detail);
  }

  /** Nothing lives under this path or id. */
  public static ProblemAnswer notFound(String detail) {
    return of(404, "not-found", "not found", detail);
  }

  /** Nothing can be done at the moment; the sender may come again. */
  public static ProblemAnswer unavailable(String type, String title, String detail) {
    return of(503, type, title, detail).retryAfter(Duration.ofSeconds(1));
  }

  /** More at once than is taken; the sender may come again. */
  public static ProblemAnswer tooMany(String detail) {
    return of(429, "too-many", "too many at once", detail).retryAfter(Duration.ofSeconds(1));
  }

  /** Adds the faults of the input. */
  public ProblemAnswer problems(List<Problem> problems) {
    body.put("problems", ProblemJson.array(problems));
    return this;
  }

  /** Adds a member of one's own. */
  public ProblemAnswer with(String name, Object value) {
    body.put(name, value);
    return this;
  }

  /** Adds a list of one's own. */
  public ProblemAnswer with(String name, JsonArray value) {
    body.put(name, value);
    return this;
  }

  /** Says when to come again, in whole seconds. */
  public ProblemAnswer retryAfter(Duration wait) {
    retryAfter = wait;
    return this;
  }

  /** Says which methods the path knows. */
  ProblemAnswer allow(String methods) {
    allow = methods;
    return this;
  }

  public int status() {
    return status;
  }

  /** Sends it; does nothing when the answer has already begun. */
  public void send(HttpServerResponse response) {
    if (response.ended() || response.headWritten()) {
      return;
    }
    if (retryAfter != null) {
      response.putHeader(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    if (allow != null) {
      response.putHeader(HttpHeaders.ALLOW, allow);
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }
}
