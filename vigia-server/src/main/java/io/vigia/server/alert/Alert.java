package io.vigia.server.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.server.store.DecisionIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A decision that somebody must hear of, with those that were folded into it.
 *
 * <p><b>Shape.</b> {@code group} is JSON, <code>{"card":"c1"}</code>; {@code decision} raised it;
 * {@code time} is that of its event, {@code raisedAt} that of the clock; {@code count} is 1 and one
 * more for each decision folded in.
 */
public record Alert(
    UUID id,
    String pipeline,
    String alert,
    String group,
    String outcome,
    Instant time,
    Instant raisedAt,
    UUID decision,
    List<String> reasons,
    long count) {
  private static final JsonFactory JSON = new JsonFactory();

  public Alert {
    reasons = List.copyOf(reasons);
  }

  /** The alert as it is sent, stored in the log and shown. */
  public byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", DecisionIds.text(id));
      json.writeStringField("pipeline", pipeline);
      json.writeStringField("alert", alert);
      json.writeFieldName("group");
      json.writeRawValue(group);
      json.writeStringField("outcome", outcome);
      json.writeStringField("time", time.toString());
      json.writeStringField("raised_at", raisedAt.toString());
      json.writeStringField("decision", DecisionIds.text(decision));
      json.writeArrayFieldStart("reasons");
      for (String reason : reasons) {
        json.writeString(reason);
      }
      json.writeEndArray();
      json.writeNumberField("count", count);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no file behind a byte array", e);
    }
    return bytes.toByteArray();
  }
}
