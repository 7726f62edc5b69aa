package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The name of a Kafka topic. */
record TopicValue() implements ValueType {
  private static final String PATTERN = "[A-Za-z0-9._-]{1,249}";

  @Override
  public String noun() {
    return "the name of a topic";
  }

  @Override
  public Optional<Complaint> complaint(String text) {
    return text.matches(PATTERN) && !text.equals(".") && !text.equals("..")
        ? Optional.empty()
        : Optional.of(
            Complaint.badValue(
                Quote.of(text) + " cannot name a topic",
                "Kafka allows letters, digits and . _ - and at most 249 characters"));
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^(?!\\.{1,2}$)" + PATTERN + "$");
  }
}
