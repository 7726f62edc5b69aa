package io.vigia.wire.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
import io.vigia.wire.event.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a list as a record of the compacted topic {@code <pipeline>.lists}.
 *
 * <p><b>Shape.</b> The key is list and value, {@code blocked_cards:c1}, so that compaction keeps
 * what was said last about each value. The value is {@code
 * {"in":true,"until":"2026-02-01T00:00:00Z", "note":"…"}}; {@code until} is absent for ever;
 * nothing at all withdraws what was said. The time at which the log took the record is part of its
 * meaning: see {@link ListChange#EFFECT_MS}.
 */
public final class ListRecord {
  private static final JsonFactory JSON = new JsonFactory();
  private static final char SEPARATOR = ':';

  private ListRecord() {}

  /** The key under which a change of this value is kept. */
  public static byte[] key(String list, Object value) {
    return (list + SEPARATOR + ListText.of(value)).getBytes(StandardCharsets.UTF_8);
  }

  /** The record's value; null for a change that withdraws. */
  public static byte @Nullable [] value(Kind kind, long untilMs, String note, JsonBytes bytes) {
    if (kind == Kind.CLEARED) {
      return null;
    }
    return bytes.write(
        out -> {
          out.writeStartObject();
          out.writeBooleanField("in", kind == Kind.ADDED);
          if (untilMs != ListChange.FOR_EVER) {
            out.writeStringField("until", Instant.ofEpochMilli(untilMs).toString());
          }
          if (!note.isEmpty()) {
            out.writeStringField("note", note);
          }
          out.writeEndObject();
        });
  }

  /**
   * The change that a record is.
   *
   * @param types the types of the pipeline's lists by name
   * @param appendedMs when the log took it
   * @return null for one of an unknown list, of another type than the list has now, or that is
   *     broken
   */
  public static @Nullable ListChange read(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long appendedMs,
      Map<String, FieldType> types) {
    String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    int end = text.indexOf(SEPARATOR);
    String list = end < 0 ? "" : text.substring(0, end);
    FieldType type = types.get(list);
    Object parsed = type == null ? null : ListText.parse(type, text.substring(end + 1));
    if (parsed == null) {
      return null;
    }
    long from = appendedMs + ListChange.EFFECT_MS;
    if (value == null) {
      return new ListChange(list, parsed, Kind.CLEARED, from, ListChange.FOR_EVER, "");
    }
    try {
      Map<String, String> members = members(value);
      String in = members.get("in");
      String until = members.get("until");
      if (in == null) {
        return null;
      }
      return new ListChange(
          list,
          parsed,
          in.equals("true") ? Kind.ADDED : Kind.REMOVED,
          from,
          until == null ? ListChange.FOR_EVER : Instant.parse(until).toEpochMilli(),
          members.getOrDefault("note", ""));
    } catch (IOException | DateTimeException e) {
      return null;
    }
  }

  private static Map<String, String> members(byte[] json) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return members;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (parser.currentToken().isScalarValue()) {
          members.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
    return members;
  }
}
