package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random streams, random values: what goes in as CSV or JSON comes out as the same values. */
final class EventDecoderPropertyTest {
  private static final long SEED = Long.getLong("vigia.seed", 20260131L);
  private static final String[] TYPES = {
    "string",
    "int",
    "double",
    "bool",
    "decimal",
    "timestamp",
    "epoch_s",
    "epoch_ms",
    "epoch_us",
    "yyyy-MM-dd HH:mm:ss",
    "d MMM yyyy H:mm",
    "iso"
  };

  private record Field(String name, String kind, boolean optional) {}

  private static StreamSchema stream(List<Field> fields) {
    StreamBuilder stream = new StreamBuilder("s").id("line").key("k").field("k", "int");
    for (Field field : fields) {
      String mark = field.optional ? "?" : "";
      switch (field.kind) {
        case "string", "int", "double", "bool", "decimal", "timestamp" ->
            stream.field(field.name, field.kind + mark, field.name + " in");
        case "yyyy-MM-dd HH:mm:ss", "d MMM yyyy H:mm" ->
            stream.field(field.name, "timestamp" + mark, field.name + " in", field.kind, "UTC");
        default ->
            stream.field(field.name, "timestamp" + mark, field.name + " in", field.kind, null);
      }
    }
    return stream.build();
  }

  /** A value, and how a cell of a CSV file has it. */
  private record Value(Object value, String cell) {}

  private static Value value(String kind, Random random) {
    return switch (kind) {
      case "string" -> {
        String[] pieces = {
          "a", "\"", ",", "\n", "\r\n", " ", "é", "😀", "\\", "1.0", "\t", "\u0001"
        };
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(10); i > 0; i--) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        yield new Value(text.toString(), text.toString());
      }
      case "int" -> {
        long number = random.nextLong() >> random.nextInt(64);
        yield new Value(number, number + (random.nextBoolean() ? "" : ".0"));
      }
      case "double" -> {
        double number = random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
        yield new Value(number, (random.nextBoolean() ? " " : "") + number);
      }
      case "bool" -> {
        boolean bool = random.nextBoolean();
        yield new Value(
            bool, random.nextBoolean() ? (bool ? "TRUE" : "False") : (bool ? "1" : "0"));
      }
      case "decimal" -> {
        BigDecimal exact =
            new BigDecimal(new BigInteger(random.nextInt(1, 125), random), random.nextInt(19));
        exact = random.nextBoolean() ? exact.negate() : exact;
        BigDecimal canonical = exact.stripTrailingZeros();
        yield new Value(
            canonical.scale() < 0 ? canonical.setScale(0) : canonical,
            random.nextBoolean() ? exact.toPlainString() : exact.toString());
      }
      default -> time(kind, random);
    };
  }

  private static Value time(String kind, Random random) {
    long ms = random.nextLong(-3_000_000_000_000L, 5_000_000_000_000L);
    long minutes = Math.floorDiv(ms, 60_000L) * 60_000;
    return switch (kind) {
      case "timestamp" ->
          new Value(
              Instant.ofEpochMilli(ms),
              random.nextBoolean() ? Long.toString(ms) : Instant.ofEpochMilli(ms).toString());
      case "iso" -> new Value(Instant.ofEpochMilli(ms), Instant.ofEpochMilli(ms).toString());
      case "epoch_s" -> new Value(Instant.ofEpochMilli(ms), BigDecimal.valueOf(ms, 3).toString());
      case "epoch_ms" -> new Value(Instant.ofEpochMilli(ms), (ms > 0 ? "+" : "") + ms);
      case "epoch_us" ->
          new Value(
              Instant.ofEpochMilli(ms),
              BigDecimal.valueOf(ms, -3).toPlainString() + (ms > 0 ? ".5" : ""));
      default ->
          new Value(
              Instant.ofEpochMilli(minutes),
              DateTimeFormatter.ofPattern(kind, Locale.ENGLISH)
                  .format(LocalDateTime.ofEpochSecond(minutes / 1000, 0, ZoneOffset.UTC)));
    };
  }

  @Test
  void csvAndItsJson_decodeToTheValuesThatWereWritten(@TempDir Path folder) throws IOException {
    Random random = new Random(SEED);
    for (int run = 0; run < 150; run++) {
      List<Field> fields = new ArrayList<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        fields.add(new Field("f" + i, TYPES[random.nextInt(TYPES.length)], random.nextBoolean()));
      }
      StreamSchema stream = stream(fields);
      StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\ufeffk" : "k");
      fields.forEach(field -> csv.append(",").append(field.name).append(" in"));
      String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
      csv.append(lineEnd);
      List<Map<String, Object>> expected = new ArrayList<>();
      for (long row = 0; row < 20; row++) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("k", row);
        csv.append(row);
        for (Field field : fields) {
          csv.append(',');
          if (!field.optional || random.nextInt(4) > 0) {
            Value value = value(field.kind, random);
            values.put(field.name, value.value);
            csv.append(cell(value.cell, random));
          }
        }
        csv.append(row == 19 && random.nextBoolean() ? "" : lineEnd);
        expected.add(values);
      }
      check(stream, Files.writeString(folder.resolve("r" + run + ".csv"), csv), expected);
    }
  }

  private static String cell(String text, Random random) {
    boolean quote = text.matches("(?s).*[\",\n\r].*") || random.nextInt(3) == 0;
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static void check(StreamSchema stream, Path file, List<Map<String, Object>> expected)
      throws IOException {
    EventDecoder decoder = new EventDecoder(stream);
    Problems problems = new Problems();
    List<Map<String, Object>> decoded = new ArrayList<>();
    try (EventFile events =
        EventFile.open(decoder, List.of(file), new EventFile.Options(true, 5), problems)
            .orElseThrow(() -> new AssertionError(Decoded.lines(problems.sorted())))) {
      for (FileEvent event = events.next(); event != null; event = events.next()) {
        decoded.add(Decoded.values(event.event()));
        checkJson(decoder, event);
      }
    }
    String why = "seed " + SEED + ", " + file + ": " + Decoded.lines(problems.sorted());
    assertEquals(expected, decoded, why);
  }

  /** The JSON that is sent decodes to the same event, also through a CloudEvent. */
  private static void checkJson(EventDecoder decoder, FileEvent event) {
    byte[] structured = CloudEventJson.write(event.envelope(), event.json(), new JsonBytes());
    EventSlice slice =
        JsonEvents.split("s", structured, JsonEvents.Form.CLOUD_EVENT, Envelope.NONE)
            .slices()
            .get(0);
    assertEquals(List.of(), slice.problems());
    Problems problems = new Problems();
    @Nullable Event again =
        decoder.decodeJson(
            slice.bytes(), slice.from(), slice.length(), slice.envelope(), 5, 0, 0, problems);
    String json = new String(event.json(), StandardCharsets.UTF_8);
    assertEquals(List.of(), Decoded.lines(problems.sorted()), json);
    assertTrue(again != null, json);
    assertEquals(Decoded.values(event.event()), Decoded.values(again), json);
    assertEquals(event.event().contentHash(), again.contentHash(), json);
    assertEquals(event.event().id(), again.id());
    assertEquals(event.event().key(), again.key());
  }
}
