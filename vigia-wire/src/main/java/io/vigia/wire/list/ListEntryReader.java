package io.vigia.wire.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
import io.vigia.core.event.TextValue;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.DurationText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what somebody sends to change a list, checked against the type of its values.
 *
 * <p><b>Shape.</b> {@code {"value":"c1","for":"7d","note":"stolen"}}, with {@code until}, a time,
 * instead of {@code for}; or the value alone. Numbers may stand as numbers or as texts.
 *
 * <p><b>Errors.</b> {@link ProblemCode#LIST_ENTRY} and {@link ProblemCode#LIST_VALUE}, at the line.
 */
public final class ListEntryReader {
  static final String VALUE = "value";
  static final String FOR = "for";
  static final String UNTIL = "until";
  static final String NOTE = "note";
  static final List<String> MEMBERS = List.of(VALUE, FOR, UNTIL, NOTE);

  /** What stands for bytes that are not UTF-8 once they are a text. */
  private static final char NOT_UTF8 = '\ufffd';

  private static final int TEXT_MAX = 65_536;
  private static final int SHOWN_MAX = 60;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10)
                  .maxNameLength(1_000)
                  .maxNumberLength(1_000)
                  .maxStringLength(TEXT_MAX)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final String list;
  private final FieldType type;
  private final long nowMs;

  /**
   * @param nowMs from when a length of time counts
   */
  public ListEntryReader(String list, FieldType type, long nowMs) {
    this.list = list;
    this.type = type;
    this.nowMs = nowMs;
  }

  /**
   * Reads an entry from JSON.
   *
   * @param value the value that the path names already, or null
   * @return null when it is no good
   */
  public @Nullable ListEntry read(byte[] json, @Nullable String value, int line, Problems into) {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null && value != null) {
        return entry(Map.of(VALUE, value), line, into);
      }
      if (first == JsonToken.START_OBJECT) {
        readMembers(parser, members);
      } else if (first != null && first.isScalarValue() && first != JsonToken.VALUE_NULL) {
        members.put(VALUE, parser.getText());
      } else {
        entryProblem("found no JSON object and no value", line, into);
        return null;
      }
      if (parser.nextToken() != null) {
        entryProblem("found more behind the entry", line, into);
        return null;
      }
    } catch (IOException e) {
      entryProblem("found what is not valid JSON", line, into);
      return null;
    }
    if (value != null && members.putIfAbsent(VALUE, value) != null) {
      entryProblem("the value stands in the path and in the body", line, into);
      return null;
    }
    return entry(members, line, into);
  }

  private static void readMembers(JsonParser parser, Map<String, String> members)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (token.isScalarValue()) {
        if (token != JsonToken.VALUE_NULL) {
          members.put(name, parser.getText());
        }
      } else {
        members.put(name, "");
        parser.skipChildren();
      }
    }
  }

  /** The entry that these members make; null when they make none. */
  @Nullable ListEntry entry(Map<String, String> members, int line, Problems into) {
    int before = into.errors();
    for (String name : members.keySet()) {
      if (!MEMBERS.contains(name)) {
        into.add(
            ProblemCode.LIST_ENTRY,
            place(line),
            "unknown member '" + shown(name) + "'",
            Nearest.help(name, MEMBERS));
      }
    }
    Object value = value(members.get(VALUE), line, into);
    long until = until(members, line, into);
    String note = members.getOrDefault(NOTE, "").strip();
    if (note.length() > ListChange.NOTE_MAX) {
      entryProblem(
          "the note has " + note.length() + " characters, at most " + ListChange.NOTE_MAX,
          line,
          into);
    }
    return value == null || into.errors() > before
        ? null
        : new ListEntry(value, Kind.ADDED, until, note);
  }

  private @Nullable Object value(@Nullable String text, int line, Problems into) {
    if (text == null || text.isEmpty()) {
      entryProblem("the entry has no value", line, into);
      return null;
    }
    if (text.length() > ListChange.VALUE_MAX) {
      into.add(
          ProblemCode.LIST_VALUE,
          place(line),
          "found a value of "
              + text.length()
              + " characters, expected at most "
              + ListChange.VALUE_MAX,
          "");
      return null;
    }
    Object value = ListText.parse(type, text);
    if (value == null) {
      into.add(
          ProblemCode.LIST_VALUE,
          place(line),
          "list '" + list + "' is of " + type.word() + ", found '" + shown(text) + "'",
          "write it like " + TextValue.example(type));
    } else if (text.indexOf('\0') >= 0 || text.indexOf(NOT_UTF8) >= 0 || hasHalfACharacter(text)) {
      into.add(
          ProblemCode.LIST_VALUE, place(line), "found a value that is no well-formed text", "");
      return null;
    }
    return value;
  }

  /** Half of a surrogate pair has no bytes in UTF-8. */
  private static boolean hasHalfACharacter(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private long until(Map<String, String> members, int line, Problems into) {
    String length = members.getOrDefault(FOR, "");
    String until = members.getOrDefault(UNTIL, "");
    if (!length.isEmpty() && !until.isEmpty()) {
      entryProblem("the entry has both 'for' and 'until'", line, into);
    } else if (!length.isEmpty()) {
      OptionalLong ms = DurationText.ms(length);
      if (ms.isPresent()) {
        return nowMs + ms.getAsLong();
      }
      into.add(
          ProblemCode.LIST_ENTRY,
          place(line),
          "'for': expected a duration, found '" + shown(length) + "'",
          "write a whole number and a unit (ms s m h d): 30m, 12h, 7d");
    } else if (!until.isEmpty()) {
      Object time = TextValue.parse(FieldType.TIMESTAMP, until);
      if (time instanceof java.time.Instant instant) {
        return instant.toEpochMilli();
      }
      into.add(
          ProblemCode.LIST_ENTRY,
          place(line),
          "'until': expected a time, found '" + shown(until) + "'",
          "write it like " + TextValue.example(FieldType.TIMESTAMP));
    }
    return ListChange.FOR_EVER;
  }

  void entryProblem(String found, int line, Problems into) {
    into.add(
        ProblemCode.LIST_ENTRY,
        place(line),
        found,
        "write it like {\"value\":\""
            + TextValue.example(type)
            + "\",\"for\":\"7d\",\"note\":\"why\"}");
  }

  private Place place(int line) {
    return line == 0 ? Place.of("list " + list) : new Place("list " + list, line, 1);
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() > SHOWN_MAX ? plain.substring(0, SHOWN_MAX) + "…" : plain;
  }
}
