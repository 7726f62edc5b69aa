package io.vigia.server.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vigia.core.decision.AlertSpan;
import io.vigia.server.store.DecisionIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision that somebody must hear of, with those that were folded into it.
 *
 * <p><b>Shape.</b> {@code group} is JSON, <code>{"card":"c1"}</code>; {@code decision} raised it;
 * {@code time} is that of its event, {@code raisedAt} that of the clock; {@code count} is 1 and one
 * more for each decision folded in; {@code repeats} how often it was said again; {@code end} is
 * null while it is open.
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
    long count,
    int repeats,
    @Nullable End end) {
  private static final JsonFactory JSON = new JsonFactory();

  public Alert {
    reasons = List.copyOf(reasons);
  }

  /**
   * How an alert ended.
   *
   * <p><b>Shape.</b> {@code at} is by the clock; {@code by} the decision that ended it, null for
   * quiet; {@code closed} the event time up to which decisions still fold into it.
   */
  public record End(Instant at, @Nullable UUID by, Instant closed) {}

  /** What decides whether decisions fold into it, and which end it. */
  AlertSpan span() {
    return new AlertSpan(
        time.toEpochMilli(), end == null ? AlertSpan.OPEN : end.closed.toEpochMilli());
  }

  /** The same with another count. */
  Alert counted(long newCount) {
    return new Alert(
        id, pipeline, alert, group, outcome, time, raisedAt, decision, reasons, newCount, repeats,
        end);
  }

  /** The same, ended. */
  Alert ended(End newEnd) {
    return new Alert(
        id, pipeline, alert, group, outcome, time, raisedAt, decision, reasons, count, repeats,
        newEnd);
  }

  /** What tells one notice of the alert from another: raised, said again, ended. */
  String noticeId() {
    String base = DecisionIds.text(id);
    return end != null ? base + "-end" : repeats > 0 ? base + "-" + repeats : base;
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
      json.writeNumberField("repeats", repeats);
      json.writeStringField("resolved_at", end == null ? null : end.at.toString());
      json.writeStringField(
          "resolved_by", end == null || end.by == null ? null : DecisionIds.text(end.by));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no file behind a byte array", e);
    }
    return bytes.toByteArray();
  }
}
