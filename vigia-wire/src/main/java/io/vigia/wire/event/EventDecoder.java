package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.Event;
import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one event into an {@link Event} of a stream, or tells everything that is wrong
 * with them.
 *
 * <p><b>Shape.</b> A JSON object. Its values are looked up by the fields' incoming names; other
 * names are ignored. JSON null is as good as absent.
 *
 * <table>
 * <caption>What a field takes</caption>
 * <tr><th>type</th><th>JSON</th><th>cell of a CSV file</th></tr>
 * <tr><td>string</td><td>string without U+0000</td><td>the cell as it is; empty is missing</td></tr>
 * <tr><td>int</td><td>number, if whole: 5, 5.0, 5e0</td><td>the same</td></tr>
 * <tr><td>double</td><td>number, at most 1e300 from zero</td><td>the same</td></tr>
 * <tr><td>bool</td><td>true, false</td><td>true, false in any case, 1, 0</td></tr>
 * <tr><td>timestamp</td><td>string in the field's format; number where that is one of the epochs,
 *     or none is declared</td><td>the same</td></tr>
 * <tr><td>decimal</td><td>number, or string with a number</td><td>a number</td></tr>
 * </table>
 *
 * <p>A decimal is kept without trailing zeros behind the point, so that 2.0 and 2.00 are one value
 * everywhere. The event's time is the stream's time field, else the envelope's time, else the time
 * of arrival.
 *
 * <p><b>Units and bounds.</b> {@link EventLimits}. O(bytes). Safe for several threads.
 *
 * <p><b>Errors.</b> Nothing that is in the bytes makes it throw. Each problem of a field names it
 * first: {@code field 'amount': found "abc", expected a decimal such as 12.5}. Duplicate names
 * anywhere, bytes behind the object and anything but well-formed UTF-8 are refused.
 */
public final class EventDecoder {
  private final StreamSchema stream;
  private final FieldReader[] fields;
  private final Map<String, FieldReader> byFrom = new HashMap<>();
  private final String place;

  /**
   * A decoder for a checked stream.
   *
   * @throws IllegalArgumentException when two fields have one incoming name
   */
  public EventDecoder(StreamSchema stream) {
    this.stream = stream;
    this.place = placeOf(stream.name());
    this.fields = new FieldReader[stream.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = FieldReader.of(stream, i);
      if (byFrom.put(fields[i].from(), fields[i]) != null) {
        throw new IllegalArgumentException(
            "stream " + stream.name() + ": incoming names must differ: got " + fields[i].from());
      }
    }
  }

  /** The stream whose events are decoded. */
  public StreamSchema stream() {
    return stream;
  }

  /** The place of problems with events of a stream that do not come from a file. */
  static String placeOf(String stream) {
    return "stream " + stream;
  }

  /**
   * Decodes the JSON of one event.
   *
   * @param appendMs when the record was appended to the log, or has arrived
   * @return null when there are problems, which are then in {@code into}
   */
  public @Nullable Event decodeJson(
      byte[] bytes,
      int from,
      int length,
      Envelope envelope,
      long appendMs,
      int partition,
      long offset,
      Problems into) {
    EventProblems problems = new EventProblems(into, place, 0);
    EventDraft draft = readJson(bytes, from, length, problems);
    return draft == null ? null : finish(draft, envelope, appendMs, partition, offset, problems);
  }

  /** Reads the fields; null when the rest cannot be read either. */
  @Nullable EventDraft readJson(byte[] bytes, int from, int length, EventProblems problems) {
    if (length > EventLimits.EVENT_BYTES) {
      problems.tooMuch(
          problems.at(1),
          "found an event of " + length + " bytes, expected at most " + EventLimits.EVENT_BYTES,
          "");
      return null;
    }
    int scan = Utf8.scan(bytes, from, length);
    if ((scan & (Utf8.INVALID | Utf8.ZERO)) != 0) {
      Encoding.refuse(bytes, from, length, problems);
      return null;
    }
    EventDraft draft = new EventDraft(fields.length, scan);
    try (JsonParser parser = Json.FACTORY.createParser(bytes, from, length)) {
      return readObject(parser, draft, problems, bytes, from) ? draft : null;
    } catch (JsonProcessingException e) {
      JsonMistake.report(e, problems);
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("there is no file behind a byte array", e);
    }
  }

  private boolean readObject(
      JsonParser parser, EventDraft draft, EventProblems problems, byte[] bytes, int from)
      throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      problems.malformed(
          problems.at(1),
          "found "
              + (first == null ? "nothing" : found(parser, first))
              + ", expected a JSON object",
          "");
      return false;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      FieldReader field = byFrom.get(name);
      boolean seen = field == null ? !draft.seeIgnored(name) : !draft.see(field.slot());
      if (seen) {
        problems.twice(name, place(parser, problems, bytes, from));
      }
      JsonToken value = parser.nextToken();
      if (field != null) {
        readField(field, parser, value, draft, problems, bytes, from);
      }
      if (value.isStructStart() && !IgnoredValue.skip(parser, name, problems)) {
        return false;
      }
    }
    JsonToken behind = parser.nextToken();
    if (behind != null) {
      problems.malformed(
          place(parser, problems, bytes, from),
          "found " + found(parser, behind) + " behind the event, expected its end",
          "send several events as an array, or one a line as application/x-ndjson");
      return false;
    }
    for (FieldReader field : fields) {
      if (!field.optional() && !draft.saw(field.slot())) {
        problems.missing(field, problems.at(1), "missing");
      }
    }
    return true;
  }

  private static void readField(
      FieldReader field,
      JsonParser parser,
      JsonToken value,
      EventDraft draft,
      EventProblems problems,
      byte[] bytes,
      int from)
      throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      if (!field.optional()) {
        problems.missing(field, place(parser, problems, bytes, from), "found null");
      }
      return;
    }
    Fault fault = field.json(parser, value, draft);
    if (fault != null) {
      String help = fault == Fault.TYPE ? help(field, parser, value, draft) : "";
      problems.value(
          field, place(parser, problems, bytes, from), found(parser, value), fault, help);
    }
  }

  /** Makes the event of what was read; null when there are problems. */
  @Nullable Event finish(
      EventDraft draft,
      Envelope envelope,
      long appendMs,
      int partition,
      long offset,
      EventProblems problems) {
    String envelopeId = stream.definition().id().kind() == Kind.FIELDS ? null : envelope.id();
    String id = stream.idOf(draft.values, envelopeId);
    String key = stream.keyOf(draft.values);
    Identities.check(stream, id, key, problems);
    if (problems.any() || id == null || key == null) {
      return null;
    }
    int timeField = stream.timeField();
    Long envelopeTime = envelope.timeMs();
    long timeMs =
        timeField >= 0 && draft.values.has(timeField)
            ? draft.values.number(timeField)
            : envelopeTime != null ? envelopeTime : appendMs;
    return new Event(stream, id, key, timeMs, draft.values, appendMs, partition, offset);
  }

  /** The readers of all fields, by slot. */
  FieldReader[] fields() {
    return fields;
  }

  /** The reader of an incoming name. */
  @Nullable FieldReader field(String from) {
    return byFrom.get(from);
  }

  /** The start of the current token, in characters; worked out only where a line is known. */
  private static Place place(JsonParser parser, EventProblems problems, byte[] bytes, int from) {
    int offset = (int) parser.currentTokenLocation().getByteOffset();
    return problems.at(1 + Utf8.characters(bytes, from, from + Math.max(0, offset)));
  }

  /** The parser's current value as it stands in a message. */
  static String found(JsonParser parser, JsonToken value) throws IOException {
    return switch (value) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> Quoted.of(parser.getText());
      default -> Quoted.plain(parser.getText());
    };
  }

  private static String help(
      FieldReader field, JsonParser parser, JsonToken value, EventDraft draft) throws IOException {
    if (FieldReader.isNumber(value) && field instanceof StringReader) {
      return "write it in quotes: " + Quoted.of(parser.getText());
    }
    if (value == JsonToken.VALUE_STRING
        && field.takesNumbers()
        && FieldReader.scan(parser, draft) == null) {
      return "write the number without quotes: " + Quoted.plain(parser.getText());
    }
    if (value == JsonToken.VALUE_STRING
        && field instanceof BoolReader
        && (parser.getText().equals("true") || parser.getText().equals("false"))) {
      return "write it without quotes: " + parser.getText();
    }
    return "";
  }
}
