package io.vigia.cli.backtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import io.vigia.wire.event.FileEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Where the events of a stream carry their label: in a field of the stream, or in a column of the
 * file that the pipeline knows nothing of.
 */
final class LabelColumn {
  /*
   * A column that is not declared is decoded as one more optional field of the stream, behind all
   * others; the event that is decided is then given the stream's own schema again, in which it does
   * not exist, so that neither rules nor content hashes see it. NDJSON keeps all its members, so
   * there the label is read from the bytes, whatever its type.
   */
  private static final JsonFactory JSON = new JsonFactory();

  private final String field;
  private final StreamSchema stream;
  private final StreamSchema read;
  private final int slot;

  private LabelColumn(String field, StreamSchema stream, StreamSchema read, int slot) {
    this.field = field;
    this.stream = stream;
    this.read = read;
    this.slot = slot;
  }

  /** The label of a stream's events in these files. */
  static LabelColumn of(String field, StreamSchema stream, List<Path> files) {
    int declared = declared(field, stream);
    if (declared >= 0) {
      return new LabelColumn(field, stream, stream, declared);
    }
    if (files.stream().noneMatch(LabelColumn::isCsv)) {
      return new LabelColumn(field, stream, stream, -1);
    }
    return new LabelColumn(field, stream, withColumn(field, stream), stream.size());
  }

  private static int declared(String field, StreamSchema stream) {
    for (int i = 0; i < stream.size(); i++) {
      FieldDefinition definition = stream.field(i);
      if (definition.name().value().equals(field) || definition.from().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isCsv(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  private static StreamSchema withColumn(String field, StreamSchema stream) {
    StreamDefinition d = stream.definition();
    List<FieldDefinition> fields = new ArrayList<>(d.fields());
    Text name = new Text(field, Place.of("--label"));
    fields.add(new FieldDefinition(name, FieldType.STRING, true, field, null));
    StreamDefinition wider =
        new StreamDefinition(
            d.name(),
            d.id(),
            d.time(),
            d.key(),
            d.topic(),
            d.dedupeMs(),
            d.outOfOrderMs(),
            d.maxAgeMs(),
            d.maxAheadMs(),
            fields,
            d.decide());
    return new StreamSchema(wider, stream.ordinal());
  }

  /** The schema by which the files are decoded. */
  StreamSchema schema() {
    return read;
  }

  /** Whether the label is read from the event's JSON. */
  boolean isInJson() {
    return slot < 0;
  }

  /** The label as text; empty where the event has none. */
  String of(FileEvent event) {
    if (slot < 0) {
      return fromJson(event.json());
    }
    return Objects.toString(event.event().values().boxed(slot, read.type(slot)), "");
  }

  private String fromJson(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals(field)) {
          return value == JsonToken.VALUE_NULL || !value.isScalarValue() ? "" : parser.getText();
        }
        parser.skipChildren();
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("the event has been decoded before", e);
    }
  }

  /** The event as the pipeline knows it. */
  Event withoutLabel(Event event) {
    return read.size() == stream.size()
        ? event
        : new Event(
            stream,
            event.id(),
            event.key(),
            event.timeMs(),
            event.values(),
            event.appendMs(),
            event.partition(),
            event.offset());
  }
}
