package io.vigia.wire.decision;

import io.vigia.wire.event.JsonBytes;
import java.util.Map;

/**
 * What a sender was answered when no decision came in time.
 *
 * <p><b>Shape.</b> As a record ({@link RecordKind#ANSWER}) {@code {"id":"…decision id…",
 * "answered":"review"}}; as the answer to the sender {@code {"outcome":"review","fallback":true,
 * "id":"…","event_id":"p9","stream":"payments","because":"no decision within 250 ms"}}.
 */
public record FallbackAnswer(String id, String answered) {

  /** The record's value. */
  public byte[] encode(JsonBytes into) {
    return into.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("id", id);
          out.writeStringField("answered", answered);
          out.writeEndObject();
        });
  }

  /** The body of the answer. */
  public byte[] body(String eventId, String stream, String because, JsonBytes into) {
    return into.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("outcome", answered);
          out.writeBooleanField("fallback", true);
          out.writeStringField("id", id);
          out.writeStringField("event_id", eventId);
          out.writeStringField("stream", stream);
          out.writeStringField("because", because);
          out.writeEndObject();
        });
  }

  /**
   * Reads the record's value.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static FallbackAnswer read(byte[] json) {
    Map<String, String> members = FlatJson.read(json);
    return new FallbackAnswer(FlatJson.member(members, "id"), FlatJson.member(members, "answered"));
  }
}
