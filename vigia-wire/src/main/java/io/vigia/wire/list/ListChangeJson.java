package io.vigia.wire.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
import io.vigia.wire.event.JsonBytes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A change of a list as a line of JSON, for those who replay events.
 *
 * <p><b>Shape.</b> {@code
 * {"list":"blocked_cards","value":"c1","in":true,"from":"2026-01-01T00:00:00Z",
 * "until":"2026-01-08T00:00:00Z","note":"stolen"}}. {@code in} is null for a change that withdraws
 * what was said; {@code until} and {@code note} stand only where there is one.
 */
public final class ListChangeJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ListChangeJson() {}

  /** The line, without its end. */
  public static byte[] encode(ListChange change, JsonBytes bytes) {
    return bytes.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("list", change.list());
          out.writeStringField("value", ListText.of(change.value()));
          out.writeFieldName("in");
          if (change.kind() == Kind.CLEARED) {
            out.writeNull();
          } else {
            out.writeBoolean(change.kind() == Kind.ADDED);
          }
          out.writeStringField("from", Instant.ofEpochMilli(change.fromMs()).toString());
          if (change.untilMs() != ListChange.FOR_EVER) {
            out.writeStringField("until", Instant.ofEpochMilli(change.untilMs()).toString());
          }
          if (!change.note().isEmpty()) {
            out.writeStringField("note", change.note());
          }
          out.writeEndObject();
        });
  }

  /**
   * Reads a line.
   *
   * @param types the types of the pipeline's lists by name
   * @throws IllegalArgumentException when it is none, or is of a list that the pipeline does not
   *     have
   */
  public static ListChange read(byte[] json, Map<String, FieldType> types) {
    Map<String, String> members = members(json);
    String list = there(members, "list");
    FieldType type = types.get(list);
    if (type == null) {
      throw new IllegalArgumentException("the pipeline has no list '" + list + "'");
    }
    Object value = ListText.parse(type, there(members, "value"));
    if (value == null) {
      throw new IllegalArgumentException(
          "list '" + list + "' is of " + type.word() + ", found '" + members.get("value") + "'");
    }
    String in = there(members, "in");
    Kind kind =
        switch (in) {
          case "true" -> Kind.ADDED;
          case "false" -> Kind.REMOVED;
          case "null" -> Kind.CLEARED;
          default -> throw new IllegalArgumentException("'in' must be true, false or null");
        };
    String until = members.get("until");
    return new ListChange(
        list,
        value,
        kind,
        time(there(members, "from")),
        until == null ? ListChange.FOR_EVER : time(until),
        members.getOrDefault("note", ""));
  }

  private static long time(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a time, found '" + text + "'", e);
    }
  }

  private static String there(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }

  private static Map<String, String> members(byte[] json) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("expected a JSON object");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (parser.nextToken().isScalarValue()) {
          members.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not valid JSON", e);
    }
    return members;
  }
}
