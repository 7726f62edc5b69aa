package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: an event, or problems of one line each; never an exception. */
final class EventDecoderHostileTest {
  private static final EventDecoder DECODER =
      new StreamBuilder("s")
          .id("id")
          .key("id")
          .field("id", "string")
          .field("i", "int?")
          .field("d", "double?")
          .field("b", "bool?")
          .field("t", "timestamp?")
          .field("m", "decimal?")
          .field("u", "timestamp?", "u", "epoch_us", null)
          .field("p", "timestamp?", "p", "dd/MM/yyyy HH:mm", "Europe/Madrid")
          .decoder();
  private static final String SEED =
      "{\"id\":\"ñ\\u0041\",\"i\":12,\"d\":-1.5e3,\"b\":true,\"t\":\"2026-01-01T00:00:00Z\",\"m\":\"12.50\",\"u\":1767225720123999,\"p\":\"31/12/2026"
          + " 23:59\",\"x\":{\"y\":[1,null,\"\"]}}";

  private static void decode(byte[] bytes) {
    Problems problems = new Problems();
    Event event = DECODER.decodeJson(bytes, 0, bytes.length, Envelope.NONE, 0, 0, 0, problems);
    assertEquals(event == null, problems.hasErrors(), () -> HexFormat.of().formatHex(bytes));
    for (Problem problem : problems.sorted()) {
      assertFalse(problem.message().contains("\n"), problem.message());
      assertTrue(problem.message().length() < 400, problem.message());
      assertFalse(problem.message().contains("Jackson"), problem.message());
      assertFalse(problem.message().contains("StreamRead"), problem.message());
    }
  }

  @Test
  void decodeJson_mutatedBytes_neverThrow() {
    long seed = Long.getLong("vigia.seed", 20260101L);
    Random random = new Random(seed);
    byte[] good = SEED.getBytes(StandardCharsets.UTF_8);
    byte[] pieces =
        "{}[]\",:\\u0eE+-.0123456789nulltruefalse \n\0\ufffd".getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 60_000; run++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] = pieces[random.nextInt(pieces.length)];
          case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
          default -> {
            byte[] longer = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, longer, 0, at);
            longer[at] = pieces[random.nextInt(pieces.length)];
            System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
            bytes = longer;
          }
        }
      }
      decode(bytes);
      JsonEvents.Form form = List.of(JsonEvents.Form.values()).get(run % 4);
      for (EventSlice slice : JsonEvents.split("s", bytes, form, Envelope.NONE).slices()) {
        Problems problems = new Problems();
        DECODER.decodeJson(
            slice.bytes(), slice.from(), slice.length(), slice.envelope(), 0, 0, 0, problems);
      }
    }
  }

  @Test
  void decodeJson_everyPrefix_isRefused() {
    byte[] good = SEED.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < good.length; length++) {
      byte[] prefix = Arrays.copyOf(good, length);
      decode(prefix);
      assertNull(Decoded.json(DECODER, prefix, Envelope.NONE).event());
    }
    assertEquals("ñA", Decoded.json(DECODER, good, Envelope.NONE).good().id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "5",
        "\"\"",
        "{",
        "{}x",
        "{}{}",
        "{\"id\"}",
        "{\"id\":}",
        "{'id':'1'}",
        "{id:\"1\"}",
        "{\"id\":\"1\",}",
        "{\"id\":\"1\"}//c",
        "{/*c*/\"id\":\"1\"}",
        "{\"id\":\"1\"} {}",
        "{\"id\":NaN}",
        "{\"id\":\"1\",\"d\":Infinity}",
        "{\"id\":\"1\",\"i\":01}",
        "{\"id\":\"1\",\"i\":+1}",
        "{\"id\":\"1\",\"i\":.5}",
        "{\"id\":\"1\",\"i\":5.}",
        "{\"id\":\"1\",\"i\":0x10}",
        "{\"id\":\"\t\"}",
        "{\"id\":\"\\x41\"}",
        "{\"id\":\"\\u00g0\"}",
        "{\"id\":\"1\",\"b\":True}",
        "{\"id\":\"1\"]",
        "\ufeff"
      })
  void decodeJson_looseJson_isRefused(String json) {
    assertNull(Decoded.json(DECODER, json).event());
    decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080",
        "c1bf",
        "e08080",
        "eda080",
        "edbfbf",
        "f0808080",
        "f4908080",
        "f8888080",
        "ff",
        "80",
        "c3",
        "e282",
        "a3"
      })
  void decodeJson_malformedUtf8_isRefused(String hex) {
    byte[] odd = HexFormat.of().parseHex(hex);
    byte[] head = "{\"id\":\"a".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(head, head.length + odd.length + 2);
    System.arraycopy(odd, 0, bytes, head.length, odd.length);
    bytes[bytes.length - 2] = '"';
    bytes[bytes.length - 1] = '}';
    Decoded decoded = Decoded.json(DECODER, bytes, Envelope.NONE);
    assertNull(decoded.event());
    assertTrue(decoded.lines().get(0).contains("not UTF-8"), decoded.lines().toString());
  }

  @Test
  void decodeJson_otherEncodings_areRefused() {
    for (var charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      Decoded decoded = Decoded.json(DECODER, "{\"id\":\"1\"}".getBytes(charset), Envelope.NONE);
      assertNull(decoded.event());
      assertTrue(decoded.lines().toString().contains("UTF-16"), decoded.lines().toString());
    }
  }

  @Test
  void decodeJson_manyNewNames_leaveLaterEventsAlone() {
    for (int i = 0; i < 20_000; i++) {
      Decoded.json(DECODER, "{\"id\":\"1\",\"" + Integer.toString(i * 7919, 36) + "\":1}").good();
    }
    assertEquals("1", Decoded.json(DECODER, "{\"id\":\"1\"}").good().id());
    Decoded longName =
        Decoded.json(
            DECODER, "{\"id\":\"1\",\"" + "n".repeat(EventLimits.NAME_CHARS + 50) + "\":1}");
    assertEquals("VG-EVENT-006", longName.problems().get(0).code().text());
  }

  @Test
  void next_mutatedCsv_neverThrowsAndCountsEveryRecord(@TempDir Path folder) throws IOException {
    Random random = new Random(Long.getLong("vigia.seed", 7L));
    EventDecoder decoder =
        new StreamBuilder("s").id("line").key("a").field("a", "string").field("b", "int").decoder();
    byte[] pieces = "\",\n\r\"\"5 x\u00e9\0".getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 300; run++) {
      StringBuilder csv = new StringBuilder("a,b\n");
      for (int i = 0; i < 20; i++) {
        csv.append("\"k,").append(i).append("\",").append(i).append('\n');
      }
      byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(1, 10); change > 0; change--) {
        bytes[random.nextInt(4, bytes.length)] = pieces[random.nextInt(pieces.length)];
      }
      Path file = folder.resolve("m" + run + ".csv");
      Files.write(file, bytes);
      Problems problems = new Problems();
      List<Integer> lines = new ArrayList<>();
      try (EventFile events =
          EventFile.open(decoder, List.of(file), new EventFile.Options(true, 0), problems)
              .orElseThrow()) {
        for (FileEvent event = events.next(); event != null; event = events.next()) {
          lines.add(event.line());
        }
        assertEquals(lines.size(), events.good());
        assertEquals(events.bad() > 0, problems.hasErrors());
      }
      assertEquals(lines.stream().sorted().distinct().toList(), lines);
    }
  }
}
