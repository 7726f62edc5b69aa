package io.vigia.cli;

import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TimeFormat;
import io.vigia.wire.event.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request with an event that a stream takes, to be tried at once. */
final class SampleRequest {
  private SampleRequest() {}

  /** A line for a shell that asks for the decision on an event of {@code now}. */
  static String curl(String url, StreamSchema stream, Instant now) {
    StringBuilder line = new StringBuilder("  curl -s ");
    line.append(url).append("/v1/streams/").append(stream.name()).append("/decide");
    line.append(" -H 'Content-Type: application/json'");
    if (stream.definition().id().kind() != Kind.FIELDS) {
      line.append(
          " \\\n    -H 'ce-specversion: 1.0' -H 'ce-source: me' -H 'ce-id: 1' -H 'ce-type: try'");
    }
    return line.append(" \\\n    -d '").append(event(stream, now)).append("'").toString();
  }

  /** An event with a value for each field. */
  static String event(StreamSchema stream, Instant now) {
    byte[] json =
        new JsonBytes()
            .write(
                out -> {
                  out.writeStartObject();
                  for (int i = 0; i < stream.size(); i++) {
                    FieldDefinition field = stream.field(i);
                    out.writeFieldName(field.from());
                    switch (field.type()) {
                      case STRING -> out.writeString(field.name().value() + "-1");
                      case INT -> out.writeNumber(1);
                      case DOUBLE -> out.writeNumber(1.5);
                      case BOOL -> out.writeBoolean(false);
                      case DECIMAL -> out.writeNumber(10);
                      case TIMESTAMP -> out.writeRawValue(time(field.format(), now));
                    }
                  }
                  out.writeEndObject();
                });
    return new String(json, StandardCharsets.UTF_8);
  }

  private static String time(@Nullable TimeFormat format, Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    String pattern = format == null ? "iso" : format.pattern();
    return switch (pattern) {
      case "iso" -> "\"" + second + "\"";
      case "epoch_s" -> Long.toString(second.getEpochSecond());
      case "epoch_ms" -> Long.toString(second.toEpochMilli());
      case "epoch_us" -> Long.toString(second.toEpochMilli() * 1000);
      default ->
          "\""
              + DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                  .format(
                      second.atZone(
                          format == null || format.zone() == null ? ZoneOffset.UTC : format.zone()))
              + "\"";
    };
  }
}
