package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the events in the body of a request, without copying or decoding them.
 *
 * <p><b>Units and bounds.</b> At most {@link EventLimits#BATCH_EVENTS} events. O(bytes). The body's
 * size is for the gateway to limit.
 *
 * <p><b>Errors.</b> A line of NDJSON or an element that is no good is refused alone, with its
 * index. An array that is not valid JSON is refused as a whole: behind the mistake nobody knows
 * where an event begins, and a sender who is told "nothing was taken" can send all of it again.
 */
public final class JsonEvents {

  /** The forms in which events come. */
  public enum Form {
    /** One event, or an array of events. */
    JSON,
    /** One event a line; empty lines are passed over. */
    NDJSON,
    /** One CloudEvent in structured mode. */
    CLOUD_EVENT,
    /** An array of CloudEvents. */
    CLOUD_EVENT_BATCH;

    /**
     * The form that a Content-Type header names; empty for one that is none of events.
     *
     * <p>Only UTF-8 is taken: another {@code charset} is none of events.
     */
    public static Optional<Form> of(String contentType) {
      String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].replace("\"", "").strip();
        if (parameter.startsWith("charset=")
            && !parameter.equals("charset=utf-8")
            && !parameter.equals("charset=us-ascii")) {
          return Optional.empty();
        }
      }
      return switch (parts[0].strip()) {
        case "application/json" -> Optional.of(JSON);
        case "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonlines" ->
            Optional.of(NDJSON);
        case "application/cloudevents+json" -> Optional.of(CLOUD_EVENT);
        case "application/cloudevents-batch+json" -> Optional.of(CLOUD_EVENT_BATCH);
        default -> Optional.empty();
      };
    }
  }

  private final String place;
  private final byte[] body;
  private final Envelope envelope;

  private JsonEvents(String stream, byte[] body, Envelope envelope) {
    this.place = EventDecoder.placeOf(stream);
    this.body = body;
    this.envelope = envelope;
  }

  /**
   * The events of a body.
   *
   * @param envelope the attributes that came as headers (CloudEvents in binary mode), which hold
   *     for a body of form {@link Form#JSON} with one event; {@link Envelope#NONE} otherwise
   */
  public static EventBatch split(String stream, byte[] body, Form form, Envelope envelope) {
    JsonEvents events = new JsonEvents(stream, body, envelope);
    return switch (form) {
      case JSON -> events.firstByte() == '[' ? events.array(false) : events.single();
      case NDJSON -> events.lines();
      case CLOUD_EVENT -> EventBatch.of(List.of(events.cloudEvent(0, 0, body.length)));
      case CLOUD_EVENT_BATCH -> events.array(true);
    };
  }

  private int firstByte() {
    int at = Utf8.byteOrderMark(body, 0, body.length);
    while (at < body.length && isSpace(body[at])) {
      at++;
    }
    return at < body.length ? body[at] : -1;
  }

  private EventBatch single() {
    return EventBatch.of(List.of(EventSlice.of(0, body, 0, body.length, envelope)));
  }

  private EventBatch lines() {
    List<EventSlice> slices = new ArrayList<>();
    int from = Utf8.byteOrderMark(body, 0, body.length);
    while (from < body.length) {
      int end = from;
      boolean empty = true;
      while (end < body.length && body[end] != '\n') {
        empty &= isSpace(body[end]);
        end++;
      }
      if (!empty) {
        if (slices.size() == EventLimits.BATCH_EVENTS) {
          return tooMany();
        }
        slices.add(EventSlice.of(slices.size(), body, from, end, Envelope.NONE));
      }
      from = end + 1;
    }
    return EventBatch.of(slices);
  }

  private EventBatch array(boolean cloudEvents) {
    EventProblems problems = new EventProblems(place, 0);
    if (!envelope.equals(Envelope.NONE)) {
      problems.malformed(
          problems.at(1),
          "found an array with the headers of a CloudEvent, expected one event",
          "send a batch as application/cloudevents-batch+json");
      return EventBatch.refused(problems);
    }
    // Jackson would read UTF-16 as well, and count its places in characters.
    if ((Utf8.scan(body, 0, body.length) & (Utf8.INVALID | Utf8.ZERO)) != 0) {
      Encoding.refuse(body, 0, body.length, problems);
      return EventBatch.refused(problems);
    }
    List<EventSlice> slices = new ArrayList<>();
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        problems.malformed(problems.at(1), "the body is no array, expected one of CloudEvents", "");
        return EventBatch.refused(problems);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (slices.size() == EventLimits.BATCH_EVENTS) {
          return tooMany();
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        slices.add(
            cloudEvents
                ? cloudEvent(slices.size(), from, to)
                : EventSlice.of(slices.size(), body, from, to, Envelope.NONE));
      }
      if (parser.nextToken() != null) {
        problems.malformed(
            problems.at(1), "the body goes on behind the array, expected its end", "");
        return EventBatch.refused(problems);
      }
      return EventBatch.of(slices);
    } catch (JsonProcessingException e) {
      JsonMistake.report(e, problems);
      return EventBatch.refused(problems);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no file behind a byte array", e);
    }
  }

  private EventSlice cloudEvent(int index, int from, int to) {
    return CloudEventJson.read(body, from, to, index, place, 0);
  }

  private EventBatch tooMany() {
    EventProblems problems = new EventProblems(place, 0);
    problems.tooMuch(
        problems.at(1),
        "found more than "
            + EventLimits.BATCH_EVENTS
            + " events in one request, expected at most that",
        "send them in several requests");
    return EventBatch.refused(problems);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
