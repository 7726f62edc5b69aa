package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A time of the day, {@code 09:30}; {@code 24:00} is its end. */
record TimeOfDayValue() implements ValueType {
  private static final String PATTERN = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00";

  @Override
  public String noun() {
    return "a time of the day";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    return text.matches(PATTERN)
        ? Optional.empty()
        : Optional.of(
            Complaint.badValue(
                "expected a time of the day, found " + Quote.of(text),
                "write hours and minutes with two digits each, such as '09:30' or '24:00'"));
  }

  /** The minutes since midnight that a checked text means. */
  static int minute(String text) {
    return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^(" + PATTERN + ")$");
  }
}
