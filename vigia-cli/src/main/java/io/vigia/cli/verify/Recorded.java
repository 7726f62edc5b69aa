package io.vigia.cli.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.decision.Decision;
import io.vigia.wire.decision.DecisionJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a decision is compared.
 *
 * <p><b>Shape.</b> {@code features} has each value as its JSON text, null for a missing one. {@code
 * id} is the decision's, {@code key} the event's; both are empty in the lines of a backtest, which
 * lack them. {@code moment} is not compared.
 */
record Recorded(
    String id,
    String pipeline,
    String stream,
    String key,
    String eventId,
    String outcome,
    List<String> rules,
    Map<String, String> features,
    RecordedMoment moment) {

  private static final JsonFactory JSON = new JsonFactory();

  Recorded {
    rules = List.copyOf(rules);
    features = Map.copyOf(features);
  }

  /** A decision of this process, its values written the way recorded ones are. */
  static Recorded of(Decision decision, DecisionJson json) {
    Recorded line = read(json.encodeLine(decision));
    return new Recorded(
        decision.id().toString(),
        decision.pipeline(),
        line.stream,
        decision.event().key(),
        line.eventId,
        decision.outcome(),
        line.rules,
        line.features,
        line.moment);
  }

  /**
   * Reads a decision as the server stores it, or a line of a backtest.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Recorded read(byte[] json) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> rules = new ArrayList<>();
    Map<String, String> features = new LinkedHashMap<>();
    Map<String, Long> passed = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("expected a JSON object");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("rules") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            rules.add(parser.getText());
          }
        } else if (name.equals("features") && value == JsonToken.START_OBJECT) {
          for (String f = parser.nextFieldName(); f != null; f = parser.nextFieldName()) {
            parser.nextToken();
            features.put(f, text(parser));
          }
        } else if (name.equals("position") && value == JsonToken.START_OBJECT) {
          for (String p = parser.nextFieldName(); p != null; p = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
              readTimes(parser, passed);
            } else {
              texts.put("position." + p, parser.getText());
            }
          }
        } else if (value == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not valid JSON", e);
    }
    return new Recorded(
        texts.getOrDefault("id", ""),
        texts.getOrDefault("pipeline", ""),
        there("stream", texts.get("stream")),
        texts.getOrDefault("key", ""),
        there("event_id", texts.get("event_id")),
        there("outcome", texts.get("outcome")),
        rules,
        features,
        new RecordedMoment(
            time("time", texts.get("time")),
            time("arrived", texts.get("position.arrived")),
            passed));
  }

  private static void readTimes(JsonParser parser, Map<String, Long> into) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      into.put(name, time("passed", parser.getText()));
    }
  }

  private static long time(String what, @Nullable String time) {
    try {
      return time == null ? RecordedMoment.NEVER : Instant.parse(time).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + what + "' is no time", e);
    }
  }

  private static String there(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }

  /** A value as it would be written, without spaces. */
  private static String text(JsonParser parser) throws IOException {
    StringBuilder text = new StringBuilder();
    append(parser, text);
    return text.toString();
  }

  private static void append(JsonParser parser, StringBuilder text) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        text.append('{');
        String separator = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          text.append(separator).append(name).append(": ");
          append(parser, text);
          separator = ", ";
        }
        text.append('}');
      }
      case START_ARRAY -> {
        text.append('[');
        String separator = "";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          text.append(separator);
          append(parser, text);
          separator = ", ";
        }
        text.append(']');
      }
      case VALUE_STRING -> text.append('"').append(parser.getText()).append('"');
      case VALUE_NULL -> text.append("missing");
      default -> text.append(parser.getText());
    }
  }
}
