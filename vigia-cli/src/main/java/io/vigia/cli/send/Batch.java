package io.vigia.cli.send;

import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.FileEvent;
import io.vigia.wire.event.IsoTime;
import io.vigia.wire.event.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Some events of one file, as one request carries them.
 *
 * <p><b>Shape.</b> NDJSON, or a batch of CloudEvents where the events have an envelope: then file
 * and line (or the id that came) stand outside the data.
 *
 * <p><b>Units and bounds.</b> At most {@code eventsMax} events and, from two on, {@value
 * #BYTES_MAX} bytes. Mutable, owned by one thread.
 */
final class Batch {
  static final String NDJSON = "application/x-ndjson";
  static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  private static final int BYTES_MAX = 4 << 20;

  private final boolean cloudEvents;
  private final JsonBytes json = new JsonBytes();
  private final List<byte[]> events = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private int size;

  Batch(boolean cloudEvents) {
    this.cloudEvents = cloudEvents;
  }

  void add(FileEvent event) {
    byte[] bytes = cloudEvents ? cloudEvent(event) : event.json();
    events.add(bytes);
    lines.add(event.line());
    size += bytes.length + 1;
  }

  private byte[] cloudEvent(FileEvent event) {
    Envelope envelope = event.envelope();
    Long timeMs = envelope.timeMs();
    byte[] attributes =
        json.write(
            out -> {
              out.writeStartObject();
              out.writeStringField("specversion", Envelope.SPEC_VERSION);
              out.writeStringField("id", envelope.eventId());
              out.writeStringField("source", envelope.source());
              out.writeStringField("type", envelope.type());
              if (timeMs != null) {
                out.writeStringField("time", IsoTime.format(timeMs));
              }
              out.writeEndObject();
            });
    ByteArrayOutputStream whole =
        new ByteArrayOutputStream(attributes.length + event.json().length + 9);
    whole.write(attributes, 0, attributes.length - 1);
    whole.writeBytes(DATA);
    whole.writeBytes(event.json());
    whole.write('}');
    return whole.toByteArray();
  }

  private static final byte[] DATA = {',', '"', 'd', 'a', 't', 'a', '"', ':'};

  boolean isEmpty() {
    return events.isEmpty();
  }

  boolean isFull(int eventsMax) {
    return events.size() >= eventsMax || size >= BYTES_MAX;
  }

  int events() {
    return events.size();
  }

  /** The line of an event, by its index in the request. */
  int line(int index) {
    return lines.get(index);
  }

  /** The line of the last event. */
  int lastLine() {
    return lines.get(lines.size() - 1);
  }

  String mediaType() {
    return cloudEvents ? CLOUD_EVENTS : NDJSON;
  }

  /** The body of the request. */
  byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream(size + 2);
    if (cloudEvents) {
      body.write('[');
    }
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        body.write(cloudEvents ? ',' : '\n');
      }
      body.writeBytes(events.get(i));
    }
    if (cloudEvents) {
      body.write(']');
    }
    return body.toByteArray();
  }

  /** The batch in two halves. */
  List<Batch> halves() {
    Batch first = new Batch(cloudEvents);
    Batch second = new Batch(cloudEvents);
    for (int i = 0; i < events.size(); i++) {
      Batch half = i < events.size() / 2 ? first : second;
      half.events.add(events.get(i));
      half.lines.add(lines.get(i));
      half.size += events.get(i).length + 1;
    }
    return List.of(first, second);
  }
}
