package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventDecoderTest {
  private static final String GOOD =
      """
      {"payment_id":"p9","created_at":"2026-01-01T00:02:00Z","card":"c1","merchant":"m",
       "amount":900.50,"country":"RU"}\
      """;

  /** A stream with one field of a type besides its id. */
  private static EventDecoder one(String type) {
    return new StreamBuilder("s")
        .id("id")
        .key("id")
        .field("id", "string")
        .field("x", type)
        .decoder();
  }

  private static Decoded x(String type, String json) {
    return Decoded.json(one(type), "{\"id\":\"1\",\"x\":" + json + "}");
  }

  @Test
  void decodeJson_wholeEvent_hasIdKeyTimeAndValues() {
    Event event = Decoded.json(StreamBuilder.payments().decoder(), GOOD).good();

    assertEquals("p9", event.id());
    assertEquals("c1", event.key());
    assertEquals(Instant.parse("2026-01-01T00:02:00Z").toEpochMilli(), event.timeMs());
    assertEquals(Decoded.ARRIVAL_MS, event.appendMs());
    assertEquals(3, event.partition());
    assertEquals(17, event.offset());
    assertEquals(
        Map.of(
            "payment_id", "p9",
            "created_at", Instant.parse("2026-01-01T00:02:00Z"),
            "card", "c1",
            "merchant", "m",
            "amount", new BigDecimal("900.5"),
            "country", "RU"),
        Decoded.values(event));
  }

  @Test
  void decodeJson_rangeOfLargerArray_readsOnlyTheRange() {
    byte[] all = ("garbage" + GOOD + "more").getBytes(StandardCharsets.UTF_8);
    Problems problems = new Problems();

    Event event =
        StreamBuilder.payments()
            .decoder()
            .decodeJson(all, 7, all.length - 11, Envelope.NONE, 0, 0, 0, problems);

    assertEquals(List.of(), problems.sorted());
    assertEquals("p9", event == null ? null : event.id());
  }

  @Test
  void decodeJson_unknownNames_areIgnored() {
    String json =
        GOOD.replace("{", "{\"extra\":{\"a\":[1,{\"b\":null}]},\"other\":[[],{}],")
            .replace("}", ",\"last\":\"…\"}");
    // The replaced braces nest in "extra", which is what is wanted.
    assertEquals(1, Decoded.json(StreamBuilder.payments().decoder(), json).problems().size());

    String plain =
        GOOD.substring(0, GOOD.length() - 1) + ",\"x\":{\"a\":[1,{\"b\":null}]},\"y\":1}";
    assertEquals("p9", Decoded.json(StreamBuilder.payments().decoder(), plain).good().id());
  }

  @Test
  void decodeJson_severalMistakes_areAllTold() {
    Decoded decoded =
        Decoded.json(
            StreamBuilder.payments().decoder(),
            "{\"payment_id\":7,\"created_at\":\"yesterday\",\"card\":null,\"amount\":\"abc\"}");

    assertNull(decoded.event());
    assertEquals(
        List.of(
            "VG-EVENT-003 stream payments  field 'payment_id': found 7, expected a string",
            "  help: write it in quotes: \"7\"",
            "VG-EVENT-003 stream payments  field 'created_at': found \"yesterday\","
                + " expected a timestamp such as 2026-01-31T08:30:00Z, or epoch milliseconds",
            "VG-EVENT-002 stream payments  field 'card': found null, expected a string",
            "VG-EVENT-003 stream payments  field 'amount': found \"abc\","
                + " expected a decimal such as 12.5",
            "VG-EVENT-002 stream payments  field 'merchant': missing, expected a string",
            "VG-EVENT-002 stream payments  field 'country': missing, expected a string"),
        decoded.lines());
  }

  @Test
  void decodeJson_sameProblemCollectorTwice_bothRefused() {
    EventDecoder decoder = one("int");
    byte[] bad = "{\"id\":\"1\",\"x\":true}".getBytes(StandardCharsets.UTF_8);
    Problems shared = new Problems();

    assertNull(decoder.decodeJson(bad, 0, bad.length, Envelope.NONE, 0, 0, 0, shared));
    assertNull(decoder.decodeJson(bad, 0, bad.length, Envelope.NONE, 0, 0, 0, shared));
    assertEquals(1, shared.sorted().size());
  }

  @Test
  void decodeJson_renamedField_isLookedUpByItsIncomingName() {
    EventDecoder decoder =
        new StreamBuilder("s")
            .id("id")
            .key("id")
            .field("id", "string", "ID")
            .field("n", "int", "Menge")
            .decoder();

    assertEquals(5L, Decoded.json(decoder, "{\"ID\":\"1\",\"Menge\":5}").value("n"));
    assertEquals(
        List.of(
            "VG-EVENT-002 stream s  field 'ID' (id): missing, expected a string",
            "VG-EVENT-002 stream s  field 'Menge' (n): missing, expected an int such as 42"),
        Decoded.json(decoder, "{\"id\":\"1\",\"n\":5}").lines());
  }

  @Test
  void new_twoFieldsOfOneIncomingName_throws() {
    StreamBuilder stream =
        new StreamBuilder("s").id("a").key("a").field("a", "string").field("b", "string", "a");
    assertThrows(IllegalArgumentException.class, stream::decoder);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "5.0, 5",
    "50e-1, 5",
    "0.5e1, 5",
    "-0, 0",
    "0.0, 0",
    "0e999999999, 0",
    "1e18, 1000000000000000000",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775807.000, 9223372036854775807",
    "922337203685477580.7e1, 9223372036854775807"
  })
  void decodeJson_int_isTakenWhenWhole(String json, long expected) {
    assertEquals(expected, x("int", json).value("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.1",
        "1e-1",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e1000000000",
        "1e99999999999999999999",
        "1e-1000000000",
        "\"5\"",
        "true",
        "[]",
        "{}",
        "\"\""
      })
  void decodeJson_intOtherwise_isRefused(String json) {
    assertEquals(1, x("int", json).problems().size());
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "-0.0, 0.0",
    "1e300, 1e300",
    "-1e300, -1e300",
    "1e-400, 0.0",
    "123456789012345678901234567890, 1.2345678901234568e29",
    "0.30000000000000004, 0.30000000000000004",
    "9007199254740993, 9007199254740992"
  })
  void decodeJson_double_isTheNearest(String json, double expected) {
    assertEquals(expected, x("double", json).value("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.0000001e300", "1e301", "1e309", "-1e309", "\"0.5\"", "\"NaN\"", "false"})
  void decodeJson_doubleBeyondOrOther_isRefused(String json) {
    assertEquals(1, x("double", json).problems().size());
  }

  @ParameterizedTest
  @CsvSource({
    "12.50, 12.5",
    "'\"12.50\"', 12.5",
    "'\"+.5\"', 0.5",
    "1e3, 1000",
    "100, 100",
    "0.000, 0",
    "-0, 0",
    "0e-1000000000, 0",
    "1E-18, 0.000000000000000001",
    "1e37, 10000000000000000000000000000000000000",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "12345678901234567890.123456789012345678, 12345678901234567890.123456789012345678",
    "1.10000000000000000000000000000000000000000000000000, 1.1"
  })
  void decodeJson_decimal_isExactAndWithoutTrailingZeros(String json, String expected) {
    assertEquals(new BigDecimal(expected), x("decimal", json).value("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e38",
        "1e1000000000",
        "1e-19",
        "1e-1000000000",
        "123456789012345678901234567890123456789",
        "\"1e9999999999999\"",
        "\"1,5\"",
        "\"\"",
        "\" 1\"",
        "\"0x10\"",
        "\"1d\"",
        "\"NaN\"",
        "\"e5\"",
        "\"-\"",
        "\"1e\"",
        "\"1e+\"",
        "\"1..5\"",
        "\".\"",
        "true",
        "\"Infinity\""
      })
  void decodeJson_decimalBeyondOrOther_isRefused(String json) {
    assertEquals(1, x("decimal", json).problems().size());
  }

  @Test
  void decodeJson_equalDecimals_haveOneContentHash() {
    assertEquals(
        x("decimal", "2.0").good().contentHash(), x("decimal", "\"2.000\"").good().contentHash());
    assertNotEquals(
        x("decimal", "2.0").good().contentHash(), x("decimal", "2.1").good().contentHash());
  }

  @Test
  void decodeJson_bool_takesTheTwoWordsOnly() {
    assertEquals(true, x("bool", "true").value("x"));
    assertEquals(false, x("bool", "false").value("x"));
    assertEquals(1, x("bool", "1").problems().size());
    assertEquals(1, x("bool", "\"true\"").problems().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2026-01-01T00:02:00Z\"', 2026-01-01T00:02:00Z",
    "'\"2026-01-01T02:02:00+02:00\"', 2026-01-01T00:02:00Z",
    "'\"2026-01-01 02:02+02\"', 2026-01-01T00:02:00Z",
    "'\"2026-01-01t00:02:00.1239z\"', 2026-01-01T00:02:00.123Z",
    "'\"0001-01-01T00:00:00Z\"', 0001-01-01T00:00:00Z",
    "'\"9999-12-31T23:59:59.999999999Z\"', 9999-12-31T23:59:59.999Z",
    "1767225720000, 2026-01-01T00:02:00Z",
    "1767225720000.9, 2026-01-01T00:02:00Z",
    "1.76722572e12, 2026-01-01T00:02:00Z",
    "-1, 1969-12-31T23:59:59.999Z",
    "-0.5, 1969-12-31T23:59:59.999Z"
  })
  void decodeJson_timestampWithoutFormat_isIsoOrEpochMillis(String json, Instant expected) {
    assertEquals(expected, x("timestamp", json).value("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-01-01T00:02:00\"",
        "\"2026-02-29T00:00:00Z\"",
        "\"2026-01-01T24:00:00Z\"",
        "\"2026-01-01T23:59:60Z\"",
        "\"2026-01-01\"",
        "\"26-01-01T00:00:00Z\"",
        "\"2026-01-01T00:02:00.Z\"",
        "\"2026-01-01T00:02:00.1234567890Z\"",
        "\"2026-01-01T00:02:0\"",
        "\"2026-01-01T00:02:00+19:00\"",
        "\"2026-01-01T00:02:00+2:00\"",
        "\"1767225720000\"",
        "\"0001-01-01T00:00:00+01:00\"",
        "\"0000-12-31T23:00:00Z\"",
        "\"9999-12-31T23:59:59-01:00\"",
        "253402300800000",
        "-62135596800001",
        "1e1000000000",
        "-1e30",
        "true",
        "\"\"",
        "\"Z\""
      })
  void decodeJson_timestampOtherwise_isRefused(String json) {
    assertEquals(1, x("timestamp", json).problems().size());
  }

  @ParameterizedTest
  @CsvSource({
    "epoch_s, 1767225720, 2026-01-01T00:02:00Z",
    "epoch_s, 1767225720.1239, 2026-01-01T00:02:00.123Z",
    "epoch_s, -0.0001, 1969-12-31T23:59:59.999Z",
    "epoch_ms, 1767225720123, 2026-01-01T00:02:00.123Z",
    "epoch_us, 1767225720123999, 2026-01-01T00:02:00.123Z",
    "epoch_us, 1767225720123999.99999999999999999, 2026-01-01T00:02:00.123Z",
    "epoch_us, -1, 1969-12-31T23:59:59.999Z"
  })
  void decodeJson_epochFormats_areCutToMilliseconds(String format, String json, Instant expected) {
    EventDecoder decoder =
        new StreamBuilder("s")
            .id("id")
            .key("id")
            .field("id", "string")
            .field("x", "timestamp", "x", format, null)
            .decoder();
    assertEquals(expected, Decoded.json(decoder, "{\"id\":\"1\",\"x\":" + json + "}").value("x"));
    assertEquals(
        1, Decoded.json(decoder, "{\"id\":\"1\",\"x\":\"" + json + "\"}").problems().size());
  }

  @Test
  void decodeJson_nullOfOptionalField_isMissing() {
    assertNull(x("int?", "null").value("x"));
    assertNull(Decoded.json(one("int?"), "{\"id\":\"1\"}").value("x"));
  }

  @Test
  void decodeJson_stringWithNulOrHalfPair_isRefused() {
    assertEquals(1, x("string", "\"a\\u0000b\"").problems().size());
    assertEquals(1, x("string", "\"\\ud83d\"").problems().size());
    assertEquals(1, x("string", "\"\\ude00\\ud83d\"").problems().size());
    assertEquals("\ud83d\ude00\n", x("string", "\"\\ud83d\\ude00\\n\"").value("x"));
    assertEquals("\ud83d\ude00é", x("string", "\"\ud83d\ude00é\"").value("x"));
  }

  @Test
  void decodeJson_textAndNumberLengths_areLimited() {
    String longest = "é".repeat(EventLimits.TEXT_CHARS);
    assertEquals(longest, x("string", '"' + longest + '"').value("x"));
    assertEquals(1, x("string", '"' + longest + "x\"").problems().size());
    assertEquals(0L, x("int", "0." + "0".repeat(EventLimits.NUMBER_CHARS - 2)).value("x"));
    assertEquals(1, x("int", "0." + "0".repeat(EventLimits.NUMBER_CHARS - 1)).problems().size());
    // What nobody reads may be as long as the event.
    String ignored = ",\"y\":" + "9".repeat(100_000) + ",\"z\":\"" + "z".repeat(100_000) + "\"}";
    assertEquals("1", Decoded.json(one("int?"), "{\"id\":\"1\"" + ignored).good().id());
  }

  @Test
  void decodeJson_eventAtItsLimit_isTakenAndOneMoreIsNot() {
    String head = "{\"id\":\"1\",\"y\":\"";
    String fill = "y".repeat(EventLimits.EVENT_BYTES - head.length() - 2);
    assertEquals("1", Decoded.json(one("int?"), head + fill + "\"}").good().id());
    assertEquals(
        "VG-EVENT-006",
        Decoded.json(one("int?"), head + fill + "y\"}").problems().get(0).code().text());
  }

  @Test
  void decodeJson_duplicateNames_areRefusedAnywhere() {
    assertEquals(1, Decoded.json(one("int?"), "{\"id\":\"1\",\"id\":\"1\"}").problems().size());
    assertEquals(
        1, Decoded.json(one("int?"), "{\"id\":\"1\",\"x\":null,\"x\":1}").problems().size());
    assertEquals(1, Decoded.json(one("int?"), "{\"id\":\"1\",\"a\":1,\"a\":1}").problems().size());
    assertEquals(
        1,
        Decoded.json(one("int?"), "{\"id\":\"1\",\"a\":{\"b\":[{\"c\":1,\"\\u0063\":2}]}}")
            .problems()
            .size());
    StringBuilder many = new StringBuilder("{\"id\":\"1\"");
    for (int i = 0; i < 30; i++) {
      many.append(",\"n").append(i).append("\":1");
    }
    assertEquals("1", Decoded.json(one("int?"), many + "}").good().id());
    assertEquals(1, Decoded.json(one("int?"), many + ",\"n20\":1}").problems().size());
    assertEquals(1, Decoded.json(one("int?"), many + ",\"n3\":1}").problems().size());
  }

  @Test
  void decodeJson_depth_isLimited() {
    String open = "[".repeat(EventLimits.DEPTH - 1);
    String close = "]".repeat(EventLimits.DEPTH - 1);
    assertEquals(
        "1", Decoded.json(one("int?"), "{\"id\":\"1\",\"y\":" + open + close + "}").good().id());
    assertEquals(
        "VG-EVENT-006",
        Decoded.json(one("int?"), "{\"id\":\"1\",\"y\":[" + open + close + "]}")
            .problems()
            .get(0)
            .code()
            .text());
    Decoded bomb = Decoded.json(one("int?"), "{\"id\":\"1\",\"y\":" + "[".repeat(200_000));
    assertEquals("VG-EVENT-006", bomb.problems().get(0).code().text());
  }

  @Test
  void decodeJson_idOfSeveralFields_joinsThem() {
    EventDecoder decoder =
        new StreamBuilder("s")
            .id("a", "b")
            .key("b", "a")
            .field("a", "string")
            .field("b", "int")
            .decoder();
    Event event = Decoded.json(decoder, "{\"a\":\"x\",\"b\":7.0}").good();
    assertEquals("x\u001f7", event.id());
    assertEquals("7\u001fx", event.key());
  }

  @Test
  void decodeJson_emptyOrHugeIdentity_isRefused() {
    EventDecoder decoder =
        new StreamBuilder("s").id("a").key("b").field("a", "string").field("b", "string").decoder();
    String huge = "k".repeat(EventLimits.IDENTITY_CHARS + 1);
    assertEquals(
        List.of(
            "VG-EVENT-004 stream s  the event's id is empty, expected a text",
            "VG-EVENT-004 stream s  the event's key is empty, expected a text"),
        Decoded.json(decoder, "{\"a\":\"\",\"b\":\"\"}").lines());
    assertEquals(
        1, Decoded.json(decoder, "{\"a\":\"1\",\"b\":\"" + huge + "\"}").problems().size());
  }

  @Test
  void decodeJson_streamOfCloudEvents_takesIdAndTimeFromTheEnvelope() {
    EventDecoder decoder = new StreamBuilder("s").key("k").field("k", "string").decoder();
    byte[] json = "{\"k\":\"1\"}".getBytes(StandardCharsets.UTF_8);

    Event event = Decoded.json(decoder, json, new Envelope("/pos:3", "a:b%", "t", 42L)).good();

    assertEquals("/pos:3:a%3Ab%25", event.id());
    assertEquals(42, event.timeMs());
    assertEquals(
        Decoded.ARRIVAL_MS,
        Decoded.json(decoder, json, new Envelope("s", "1", "t", null)).good().timeMs());
    assertEquals(
        "VG-EVENT-004", Decoded.json(decoder, json, Envelope.NONE).problems().get(0).code().text());
    assertEquals(
        1, Decoded.json(decoder, json, new Envelope("s", "\ud800", "t", null)).problems().size());
  }

  @Test
  void decodeJson_missingOptionalTime_takesEnvelopeThenArrival() {
    EventDecoder decoder =
        new StreamBuilder("s")
            .id("k")
            .key("k")
            .time("t")
            .field("k", "string")
            .field("t", "timestamp?")
            .decoder();
    byte[] json = "{\"k\":\"1\"}".getBytes(StandardCharsets.UTF_8);

    assertEquals(
        7, Decoded.json(decoder, json, new Envelope(null, null, null, 7L)).good().timeMs());
    assertEquals(Decoded.ARRIVAL_MS, Decoded.json(decoder, json, Envelope.NONE).good().timeMs());
    assertEquals(9, Decoded.json(decoder, "{\"k\":\"1\",\"t\":9}").good().timeMs());
  }

  @Test
  void decodeJson_moreFieldsThanOneWord_findsMissingAndDoubleOnes() {
    StreamBuilder stream = new StreamBuilder("s").id("f0").key("f0");
    StringBuilder json = new StringBuilder("{\"f0\":\"0\"");
    stream.field("f0", "string");
    for (int i = 1; i < 130; i++) {
      stream.field("f" + i, "string");
      json.append(",\"f").append(i).append("\":\"").append(i).append('"');
    }
    EventDecoder decoder = stream.decoder();
    assertEquals("129", Decoded.json(decoder, json + "}").value("f129"));
    assertEquals(1, Decoded.json(decoder, json + ",\"f65\":\"\"}").problems().size());
    assertEquals(
        List.of("VG-EVENT-002 stream s  field 'f100': missing, expected a string"),
        Decoded.json(decoder, (json + "}").replace("\"f100\":", "\"g100\":")).lines());
  }

  @Test
  void decodeJson_byteOrderMark_isPassedOver() {
    assertEquals("1", Decoded.json(one("int?"), "\ufeff{\"id\":\"1\"}").good().id());
  }
}
