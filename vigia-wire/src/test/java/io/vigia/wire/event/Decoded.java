package io.vigia.wire.event;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a decoder made of one event: the event, or the problems. */
record Decoded(@Nullable Event event, List<Problem> problems) {
  static final long ARRIVAL_MS = 1_000;

  static Decoded json(EventDecoder decoder, String json) {
    return json(decoder, json.getBytes(StandardCharsets.UTF_8), Envelope.NONE);
  }

  static Decoded json(EventDecoder decoder, byte[] json, Envelope envelope) {
    Problems problems = new Problems();
    Event event = decoder.decodeJson(json, 0, json.length, envelope, ARRIVAL_MS, 3, 17, problems);
    return new Decoded(event, problems.sorted());
  }

  /** The event, which must be there. */
  Event good() {
    if (event == null || !problems.isEmpty()) {
      throw new AssertionError("expected an event, got " + lines());
    }
    return event;
  }

  /** A value by the field's name. */
  @Nullable Object value(String field) {
    StreamSchema stream = good().stream();
    int slot = stream.position(field);
    return good().values().boxed(slot, stream.type(slot));
  }

  /** All present values by name. */
  static Map<String, Object> values(Event event) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < event.stream().size(); i++) {
      Object value = event.values().boxed(i, event.stream().type(i));
      if (value != null) {
        values.put(event.stream().field(i).name().value(), value);
      }
    }
    return values;
  }

  /** The problems as a user reads them. */
  List<String> lines() {
    return lines(problems);
  }

  static List<String> lines(List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    for (Problem problem : problems) {
      lines.add(problem.code().text() + " " + problem.place() + "  " + problem.message());
      if (!problem.help().isEmpty()) {
        lines.add("  help: " + problem.help());
      }
    }
    return lines;
  }
}
