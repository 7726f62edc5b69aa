package io.vigia.wire.event;

import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TimeFormat;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Streams for tests, in few words.
 *
 * <p><b>Shape.</b> {@code new StreamBuilder("payments").id("payment_id").key("card").field("card",
 * "string")}; a type with a question mark is optional.
 */
public final class StreamBuilder {
  private final String name;
  private final List<FieldDefinition> fields = new ArrayList<>();
  private IdDefinition id = new IdDefinition(IdDefinition.Kind.CLOUD_EVENT, List.of());
  private List<Text> key = List.of();
  private @Nullable Text time;
  private long maxAgeMs = Long.MAX_VALUE;
  private long maxAheadMs = Long.MAX_VALUE;

  public StreamBuilder(String name) {
    this.name = name;
  }

  /** The id is in fields; {@code line} and {@code cloudevent} are the other ways. */
  public StreamBuilder id(String... names) {
    id =
        switch (names[0]) {
          case "line" -> new IdDefinition(IdDefinition.Kind.LINE, List.of());
          case "cloudevent" -> new IdDefinition(IdDefinition.Kind.CLOUD_EVENT, List.of());
          default -> new IdDefinition(IdDefinition.Kind.FIELDS, texts(names));
        };
    return this;
  }

  public StreamBuilder key(String... names) {
    key = texts(names);
    return this;
  }

  public StreamBuilder time(String field) {
    time = text(field);
    return this;
  }

  public StreamBuilder maxAgeMs(long ms) {
    maxAgeMs = ms;
    return this;
  }

  public StreamBuilder maxAheadMs(long ms) {
    maxAheadMs = ms;
    return this;
  }

  public StreamBuilder field(String field, String type) {
    return field(field, type, field, null, null);
  }

  public StreamBuilder field(String field, String type, String from) {
    return field(field, type, from, null, null);
  }

  public StreamBuilder field(
      String field, String type, String from, @Nullable String format, @Nullable String zone) {
    boolean optional = type.endsWith("?");
    String word = optional ? type.substring(0, type.length() - 1) : type;
    fields.add(
        new FieldDefinition(
            text(field),
            FieldType.valueOf(word.toUpperCase(Locale.ROOT)),
            optional,
            from,
            format == null ? null : new TimeFormat(format, zone == null ? null : ZoneId.of(zone))));
    return this;
  }

  public StreamSchema build() {
    return new StreamSchema(
        new StreamDefinition(
            text(name),
            id,
            time,
            key,
            null,
            StreamDefinition.DEFAULT_DEDUPE_MS,
            StreamDefinition.DEFAULT_OUT_OF_ORDER_MS,
            maxAgeMs,
            maxAheadMs,
            fields,
            DecideDefinition.DEFAULT),
        0);
  }

  public EventDecoder decoder() {
    return new EventDecoder(build());
  }

  private static List<Text> texts(String... names) {
    return Arrays.stream(names).map(StreamBuilder::text).toList();
  }

  private static Text text(String value) {
    return new Text(value, Place.of("test"));
  }

  /** The card payments of the design page. */
  public static StreamBuilder payments() {
    return new StreamBuilder("payments")
        .id("payment_id")
        .time("created_at")
        .key("card")
        .field("payment_id", "string")
        .field("created_at", "timestamp")
        .field("card", "string")
        .field("device", "string?")
        .field("merchant", "string")
        .field("amount", "decimal")
        .field("country", "string");
  }

  /** The order lines of the real shop. */
  public static StreamBuilder orderLines() {
    return new StreamBuilder("order_lines")
        .id("line")
        .time("invoice_date")
        .key("product")
        .field("invoice", "string", "InvoiceNo")
        .field("product", "string", "StockCode")
        .field("description", "string?", "Description")
        .field("quantity", "int", "Quantity")
        .field("invoice_date", "timestamp", "InvoiceDate", "yyyy-MM-dd HH:mm:ss", "Europe/London")
        .field("unit_price", "decimal", "UnitPrice")
        .field("customer", "string?", "CustomerID")
        .field("country", "string", "Country");
  }
}
