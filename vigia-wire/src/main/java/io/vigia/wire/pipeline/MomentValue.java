package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.TextValue;
import java.time.Instant;
import java.util.Optional;

/** A moment: a date, which begins in UTC, or a time with an offset. */
record MomentValue() implements ValueType {
  @Override
  public String noun() {
    return "a date or a time";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    return parsed(text).isPresent()
        ? Optional.empty()
        : Optional.of(
            Complaint.badValue(
                "expected a date or a time, found " + Quote.of(text),
                "write 2027-01-31, or with a time and its offset 2027-01-31T18:00:00+01:00"));
  }

  /** The epoch milliseconds that a checked text means. */
  static long ms(String text) {
    return parsed(text)
        .orElseThrow(() -> new IllegalArgumentException("moment: must be checked, got " + text))
        .toEpochMilli();
  }

  private static Optional<Instant> parsed(String text) {
    String time = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? text + "T00:00:00Z" : text;
    return Optional.ofNullable((Instant) TextValue.parse(FieldType.TIMESTAMP, time));
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$");
  }
}
