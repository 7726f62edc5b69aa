package io.vigia.wire.decision;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.wire.event.JsonBytes;
import java.util.Map;

/**
 * The record that tells that an event's id has come before: with the same content ({@link
 * RecordKind#REPEAT}) or with other content ({@link RecordKind#CONFLICT}).
 *
 * <p><b>Shape.</b> {@code {"id":"…decision id…","event_id":"p9","stream":"payments"}}.
 */
public record KnownEvent(String id, String eventId, String stream) {

  /** What the sender of a conflict, and its dead letter, is told. */
  public Problem conflict() {
    return new Problem(
        ProblemCode.EVENT_CONFLICT,
        Place.of("stream " + stream),
        "the id '" + eventId + "' came before with other content, expected the same",
        "give a correction an id of its own");
  }

  /** The record's value. */
  public byte[] encode(JsonBytes into) {
    return into.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("id", id);
          out.writeStringField("event_id", eventId);
          out.writeStringField("stream", stream);
          out.writeEndObject();
        });
  }

  /**
   * Reads the record's value.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static KnownEvent read(byte[] json) {
    Map<String, String> members = FlatJson.read(json);
    return new KnownEvent(
        FlatJson.member(members, "id"),
        FlatJson.member(members, "event_id"),
        FlatJson.member(members, "stream"));
  }
}
