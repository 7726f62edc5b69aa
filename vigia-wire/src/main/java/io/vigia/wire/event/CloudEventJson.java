package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents in structured mode: the attributes and the data in one JSON object.
 *
 * <p><b>Shape.</b> {@code
 * {"specversion":"1.0","id":"17","source":"/pos/3","type":"sale","time":"…","data":{…}}}; the data
 * may stand as base64 in {@code data_base64} instead. Other attributes are passed over.
 *
 * <p><b>Source.</b> CloudEvents 1.0.2, JSON event format.
 */
public final class CloudEventJson {
  private final EventProblems problems;
  private @Nullable String specVersion;
  private @Nullable String source;
  private @Nullable String id;
  private @Nullable String type;
  private @Nullable String time;
  private @Nullable String contentType;
  private byte @Nullable [] data;
  private int dataFrom;
  private int dataTo;

  private CloudEventJson(EventProblems problems) {
    this.problems = problems;
  }

  /**
   * A CloudEvent around an event's data.
   *
   * @param envelope with source, id and type
   * @param data one JSON value
   */
  public static byte[] write(Envelope envelope, byte[] data, JsonBytes into) {
    if (envelope.id() == null || envelope.type() == null) {
      throw new IllegalArgumentException(
          "a CloudEvent must have source, id and type: got " + envelope);
    }
    return into.write(
        out -> {
          out.writeStartObject();
          out.writeStringField("specversion", Envelope.SPEC_VERSION);
          out.writeStringField("id", envelope.eventId());
          out.writeStringField("source", envelope.source());
          out.writeStringField("type", envelope.type());
          Long timeMs = envelope.timeMs();
          if (timeMs != null) {
            out.writeStringField("time", IsoTime.format(timeMs));
          }
          out.writeFieldName("data");
          out.writeRawValue(new String(data, StandardCharsets.UTF_8));
          out.writeEndObject();
        });
  }

  /** Reads one CloudEvent; its slice has the data, or the problems. */
  static EventSlice read(byte[] bytes, int from, int to, int index, String place, int line) {
    EventProblems problems = new EventProblems(place, line);
    Envelope envelope = null;
    CloudEventJson event = new CloudEventJson(problems);
    if ((Utf8.scan(bytes, from, to - from) & (Utf8.INVALID | Utf8.ZERO)) != 0) {
      Encoding.refuse(bytes, from, to - from, problems);
    } else if (event.parse(bytes, from, to - from)) {
      envelope =
          Envelope.checked(
              event.specVersion, event.source, event.id, event.type, event.time, problems);
      event.checkData();
    }
    byte[] data = event.data;
    return envelope == null || data == null || problems.any()
        ? EventSlice.refused(index, problems.list())
        : EventSlice.of(index, data, event.dataFrom, event.dataTo, envelope);
  }

  private boolean parse(byte[] bytes, int from, int length) {
    try (JsonParser parser = Json.FACTORY.createParser(bytes, from, length)) {
      parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        problems.malformed(
            problems.at(1),
            "the CloudEvent is no JSON object, expected one in structured mode",
            "");
        return false;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        attribute(name, parser, bytes, from);
      }
      if (parser.nextToken() != null) {
        problems.malformed(problems.at(1), "the body goes on behind the CloudEvent", "");
        return false;
      }
      return true;
    } catch (JsonProcessingException e) {
      JsonMistake.report(e, problems);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("there is no file behind a byte array", e);
    }
  }

  private void attribute(String name, JsonParser parser, byte[] bytes, int from)
      throws IOException {
    switch (name) {
      case "specversion" -> specVersion = text(name, parser);
      case "id" -> id = text(name, parser);
      case "source" -> source = text(name, parser);
      case "type" -> type = text(name, parser);
      case "time" -> time = text(name, parser);
      case "datacontenttype" -> contentType = text(name, parser);
      case "data" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          once();
          int start = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          parser.finishToken();
          dataFrom = from + start;
          dataTo = from + (int) parser.currentLocation().getByteOffset();
          data = bytes;
        }
      }
      case "data_base64" -> {
        String base64 = text(name, parser);
        if (base64 != null) {
          once();
          decode(base64);
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void once() {
    if (data != null) {
      problems.attribute("data", "found beside 'data_base64'", "one of the two");
    }
  }

  private void decode(String base64) {
    try {
      data = Base64.getDecoder().decode(base64);
      dataTo = data.length;
      dataFrom = 0;
    } catch (IllegalArgumentException e) {
      problems.attribute("data_base64", "found " + Quoted.of(base64), "base64");
    }
  }

  private @Nullable String text(String name, JsonParser parser) throws IOException {
    JsonToken value = parser.currentToken();
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      problems.attribute(name, "found " + EventDecoder.found(parser, value), "a string");
      parser.skipChildren();
      return null;
    }
    return parser.getText();
  }

  private void checkData() {
    if (data == null && !problems.any()) {
      problems.attribute("data", "missing", "a JSON object");
    }
    String type = contentType == null ? "application/json" : contentType.toLowerCase(Locale.ROOT);
    String media = type.split(";", -1)[0].strip();
    if (!media.endsWith("/json") && !media.endsWith("+json")) {
      problems.attribute("datacontenttype", "found " + Quoted.of(type), "application/json");
    }
  }
}
