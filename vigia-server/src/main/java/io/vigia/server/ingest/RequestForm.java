package io.vigia.server.ingest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vigia.core.problem.Problems;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.Shown;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.JsonEvents.Form;
import org.jspecify.annotations.Nullable;

/**
 * What a request's headers say of its body: the form, and the attributes of a CloudEvent in binary
 * mode.
 */
final class RequestForm {
  private RequestForm() {}

  /** The form; JSON where none is named, null for one that is not taken. */
  static @Nullable Form of(MultiMap headers) {
    String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
      return null;
    }
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    return type == null || type.isBlank() ? Form.JSON : Form.of(type).orElse(null);
  }

  /** What is answered for a form that is not taken. */
  static ProblemAnswer unsupported(MultiMap headers, String expected) {
    String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
    String found =
        encoding == null
            ? "content-type '" + Shown.text(headers.get(HttpHeaders.CONTENT_TYPE)) + "'"
            : "content-encoding '" + Shown.text(encoding) + "'";
    return ProblemAnswer.of(
        415,
        "unsupported-media-type",
        "the body is of a kind that is not taken here",
        "found %s, expected %s in UTF-8, not compressed".formatted(found, expected));
  }

  /** The attributes that came as headers; null, with problems, where they are no good. */
  static @Nullable Envelope envelope(MultiMap headers, String stream, Problems into) {
    return Envelope.ofAttributes(
        headers.get("ce-specversion"),
        headers.get("ce-source"),
        headers.get("ce-id"),
        headers.get("ce-type"),
        headers.get("ce-time"),
        stream,
        into);
  }
}
