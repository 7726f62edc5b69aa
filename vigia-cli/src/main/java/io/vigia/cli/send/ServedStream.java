package io.vigia.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.WrongInputException;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TimeFormat;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A stream as {@code GET /v1/pipelines} describes it.
 *
 * <p><b>Shape.</b> Of each stream: {@code stream}; {@code id}, which is {@code "line"}, {@code
 * "cloudevent"} or an array of fields; {@code time}, a field or null; {@code key}, an array; {@code
 * fields}, each with {@code name}, {@code from}, {@code type}, {@code optional} and, for times,
 * {@code format} and {@code zone}. The answer as a whole may carry {@code instance}, which names
 * the log that keeps the events.
 */
final class ServedStream {
  private static final Place PLACE = Place.of("/v1/pipelines");

  private final JsonNode stream;

  private ServedStream(JsonNode stream) {
    this.stream = stream;
  }

  /** The schema of a stream that the server has. */
  static StreamSchema find(JsonNode answer, String name, String server) {
    Set<String> known = new TreeSet<>();
    for (JsonNode pipeline : answer.path("pipelines")) {
      for (JsonNode stream : pipeline.path("streams")) {
        if (stream.path("stream").asText().equals(name)) {
          return new StreamSchema(new ServedStream(stream).definition(), 0);
        }
        known.add(stream.path("stream").asText());
      }
    }
    throw new WrongInputException(
        server + " has no stream '" + name + "'", Nearest.help(name, known));
  }

  /** Which log keeps the events; empty when the server does not say. */
  static String instance(JsonNode answer) {
    return answer.path("instance").asText("");
  }

  private StreamDefinition definition() {
    try {
      List<FieldDefinition> fields = new ArrayList<>();
      stream.path("fields").forEach(field -> fields.add(field(field)));
      return new StreamDefinition(
          text(stream.path("stream").asText()),
          id(),
          stream.path("time").isTextual() ? text(stream.path("time").asText()) : null,
          texts(stream.path("key")),
          null,
          0,
          0,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          fields,
          DecideDefinition.DEFAULT);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw unclear();
    }
  }

  private IdDefinition id() {
    JsonNode id = stream.path("id");
    if (id.isArray() && !id.isEmpty()) {
      return new IdDefinition(IdDefinition.Kind.FIELDS, texts(id));
    }
    return switch (id.asText()) {
      case "line" -> new IdDefinition(IdDefinition.Kind.LINE, List.of());
      case "cloudevent" -> new IdDefinition(IdDefinition.Kind.CLOUD_EVENT, List.of());
      default -> throw unclear();
    };
  }

  private static FieldDefinition field(JsonNode field) {
    String name = field.path("name").asText();
    return new FieldDefinition(
        text(name),
        FieldType.valueOf(field.path("type").asText().toUpperCase(Locale.ROOT)),
        field.path("optional").asBoolean(),
        field.path("from").asText(name),
        format(field));
  }

  private static @Nullable TimeFormat format(JsonNode field) {
    return field.path("format").isTextual()
        ? new TimeFormat(
            field.path("format").asText(),
            field.path("zone").isTextual() ? ZoneId.of(field.path("zone").asText()) : null)
        : null;
  }

  private static List<Text> texts(JsonNode array) {
    List<Text> texts = new ArrayList<>();
    array.forEach(element -> texts.add(text(element.asText())));
    return texts;
  }

  private static Text text(String value) {
    return new Text(value, PLACE);
  }

  private static WrongInputException unclear() {
    return new WrongInputException(
        "the server does not describe its streams in a way that this version understands",
        "give the pipeline file: --pipeline FILE");
  }
}
