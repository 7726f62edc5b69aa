package io.vigia.wire.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.wire.event.IsoTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one decision. Mutable, lives for one. */
final class DecisionReader {
  static final JsonFactory JSON = new JsonFactory();

  private @Nullable String id;
  private @Nullable String pipeline;
  private int version;
  private @Nullable String stream;
  private @Nullable String key;
  private @Nullable String eventId;
  private @Nullable String time;
  private @Nullable String outcome;
  private long score;
  private List<String> rules = List.of();
  private List<String> reasons = List.of();
  private List<String> resolves = List.of();
  private Map<String, String> values = Map.of();
  private Map<String, @Nullable Object> features = Map.of();
  private int givenUp;
  private int partition;
  private long offset;

  DecisionView read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a decision must be a JSON object: got other bytes");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        member(name, parser);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("a decision must be valid JSON: " + e.getMessage(), e);
    }
    return new DecisionView(
        there("id", id),
        there("pipeline", pipeline),
        version,
        there("stream", stream),
        there("key", key),
        there("event_id", eventId),
        IsoTime.parse(there("time", time))
            .orElseThrow(
                () -> new IllegalArgumentException("a decision's time must be ISO: got " + time)),
        there("outcome", outcome),
        score,
        rules,
        reasons,
        values,
        features,
        resolves,
        givenUp,
        partition,
        offset);
  }

  private static String there(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("a decision must have '" + name + "': got none");
    }
    return value;
  }

  private static void expect(JsonToken expected, JsonParser parser) {
    if (parser.currentToken() != expected) {
      throw new IllegalArgumentException(
          "a decision's part must be " + expected + ": got " + parser.currentToken());
    }
  }

  private void member(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "id" -> id = parser.getText();
      case "pipeline" -> pipeline = parser.getText();
      case "version" -> version = parser.getIntValue();
      case "stream" -> stream = parser.getText();
      case "key" -> key = parser.getText();
      case "event_id" -> eventId = parser.getText();
      case "time" -> time = parser.getText();
      case "outcome" -> outcome = parser.getText();
      case "score" -> score = parser.getLongValue();
      case "rules" -> rules = texts(parser);
      case "reasons" -> reasons = texts(parser);
      case "resolves" -> resolves = texts(parser);
      case "event" -> values = members(parser);
      case "features" -> features = object(parser);
      case "given_up" -> givenUp = parser.getIntValue();
      case "position" -> position(parser);
      default -> parser.skipChildren();
    }
  }

  private static List<String> texts(JsonParser parser) throws IOException {
    expect(JsonToken.START_ARRAY, parser);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(parser.getText());
    }
    return texts;
  }

  /** The members of an object as text. */
  static Map<String, String> members(JsonParser parser) throws IOException {
    expect(JsonToken.START_OBJECT, parser);
    Map<String, String> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken().isScalarValue()) {
        members.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return members;
  }

  private void position(JsonParser parser) throws IOException {
    expect(JsonToken.START_OBJECT, parser);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "partition" -> partition = parser.getIntValue();
        case "offset" -> offset = parser.getLongValue();
        default -> parser.skipChildren();
      }
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    expect(JsonToken.START_OBJECT, parser);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> Collections.unmodifiableMap(object(parser));
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      default -> null;
    };
  }

  private static Object integer(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? new BigDecimal(parser.getBigIntegerValue())
        : parser.getLongValue();
  }

  private static List<@Nullable Object> list(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return Collections.unmodifiableList(items);
  }
}
