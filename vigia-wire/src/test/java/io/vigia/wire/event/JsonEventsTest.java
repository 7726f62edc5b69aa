package io.vigia.wire.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.problem.Problems;
import io.vigia.wire.event.JsonEvents.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonEventsTest {
  private static EventBatch split(String body, Form form) {
    return JsonEvents.split("s", body.getBytes(StandardCharsets.UTF_8), form, Envelope.NONE);
  }

  private static List<String> texts(EventBatch batch) {
    assertEquals(List.of(), batch.problems());
    return batch.slices().stream()
        .map(
            slice ->
                slice.problems().isEmpty()
                    ? new String(
                        slice.bytes(), slice.from(), slice.length(), StandardCharsets.UTF_8)
                    : String.join("; ", Decoded.lines(slice.problems())))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "Application/JSON; charset=UTF-8, JSON",
    "application/x-ndjson, NDJSON",
    "application/jsonl, NDJSON",
    "application/cloudevents+json; charset=\"utf-8\", CLOUD_EVENT",
    "application/cloudevents-batch+json, CLOUD_EVENT_BATCH",
    "application/json; charset=iso-8859-1, ",
    "application/x-www-form-urlencoded, ",
    "text/plain, ",
    "'', "
  })
  void of_contentType_namesTheForm(String contentType, @Nullable Form expected) {
    assertEquals(Optional.ofNullable(expected), Form.of(contentType));
  }

  @Test
  void split_json_isOneEventOrTheElements() {
    assertEquals(List.of(" {\"a\":1}\n"), texts(split(" {\"a\":1}\n", Form.JSON)));
    assertEquals(
        List.of("{\"a\":\"]\"}", "5", "\"x\\\"é\"", "[1]", "null", "{\"é\":2}", "1.5e3"),
        texts(
            split("[ {\"a\":\"]\"} ,5,\"x\\\"é\", [1],null,\t{\"é\":2}\r\n,1.5e3 ] ", Form.JSON)));
    assertEquals(List.of(), texts(split("[]", Form.JSON)));
    assertEquals(List.of("1"), texts(split("\ufeff[1]", Form.JSON)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{}", "[{},]", "[{}] x", "[{} {}]", "[{}]]", "[tru]", "[\"\u0001\"]"})
  void split_brokenArray_isRefusedAsAWhole(String body) {
    EventBatch batch = split(body, Form.JSON);
    assertEquals(List.of(), batch.slices());
    assertEquals("VG-EVENT-001", batch.problems().get(0).code().text());
  }

  @Test
  void split_ndjson_isEveryLineByItself() {
    EventBatch batch = split("\ufeff{\"a\":1}\r\n\n  \n{broken\n{\"a\":3}", Form.NDJSON);
    assertEquals(List.of("{\"a\":1}\r", "{broken", "{\"a\":3}"), texts(batch));
    assertEquals(List.of(0, 1, 2), batch.slices().stream().map(EventSlice::index).toList());
  }

  @Test
  void split_tooManyEvents_isRefusedAsAWhole() {
    String line = "{}\n".repeat(EventLimits.BATCH_EVENTS);
    assertEquals(EventLimits.BATCH_EVENTS, split(line, Form.NDJSON).slices().size());
    assertEquals("VG-EVENT-006", split(line + "{}", Form.NDJSON).problems().get(0).code().text());
    String array = "[1" + ",1".repeat(EventLimits.BATCH_EVENTS) + "]";
    assertEquals("VG-EVENT-006", split(array, Form.JSON).problems().get(0).code().text());
    assertEquals(
        "VG-EVENT-006", split("[".repeat(100_000), Form.JSON).problems().get(0).code().text());
  }

  @Test
  void split_cloudEvent_hasDataAndEnvelope() {
    String body =
        """
        {"specversion":"1.0","id":"17","source":"/pos/3","type":"sale","time":"2026-01-01T00:00:00Z",
         "subject":"x","traceparent":"00-1","datacontenttype":"application/json; charset=utf-8",
         "data": {"ñ":[1,{"b":2}]} }\
        """;
    EventBatch batch = split(body, Form.CLOUD_EVENT);
    assertEquals(List.of("{\"ñ\":[1,{\"b\":2}]}"), texts(batch));
    Envelope envelope = batch.slices().get(0).envelope();
    assertEquals(new Envelope("/pos/3", "17", "sale", 1_767_225_600_000L), envelope);
    assertEquals("/pos/3:17", envelope.id());
  }

  @Test
  void split_cloudEventWithBase64_isDecoded() {
    String body =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"eyJhIjoxfQ==\"}";
    assertEquals(List.of("{\"a\":1}"), texts(split(body, Form.CLOUD_EVENT)));
    assertEquals(
        List.of(
            "VG-EVENT-001 stream s  attribute 'data_base64' of the CloudEvent: found \"?\","
                + " expected base64"),
        texts(split(body.replace("eyJhIjoxfQ==", "?"), Form.CLOUD_EVENT)));
  }

  @Test
  void split_cloudEventBatch_refusesElementsAlone() {
    String good =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}";
    EventBatch batch =
        split(
            "["
                + good
                + ",{\"specversion\":\"0.3\",\"id\":\"\",\"source\":5,\"data\":{}},"
                + good
                + "]",
            Form.CLOUD_EVENT_BATCH);
    assertEquals("{}", texts(batch).get(0));
    assertEquals("{}", texts(batch).get(2));
    assertEquals(
        List.of(
            "VG-EVENT-001 stream s  attribute 'source' of the CloudEvent: found 5, expected a"
                + " string",
            "VG-EVENT-001 stream s  attribute 'id' of the CloudEvent: found \"\", expected a"
                + " non-empty string",
            "VG-EVENT-001 stream s  attribute 'source' of the CloudEvent: missing, expected a"
                + " non-empty string",
            "VG-EVENT-001 stream s  attribute 'type' of the CloudEvent: missing, expected a"
                + " non-empty string",
            "VG-EVENT-001 stream s  attribute 'specversion' of the CloudEvent: found \"0.3\","
                + " expected \"1.0\""),
        Decoded.lines(batch.slices().get(1).problems()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "5",
        "{",
        "{} {}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":null}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{},\"data_base64\":\"\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{},\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{},\"datacontenttype\":\"text/xml\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{},\"time\":\"noon\"}"
      })
  void split_brokenCloudEvent_isRefused(String body) {
    EventBatch batch = split(body, Form.CLOUD_EVENT);
    assertEquals(1, batch.slices().get(0).problems().size(), batch.toString());
  }

  @Test
  void split_binaryMode_givesTheEnvelopeToTheOneEvent() {
    Problems problems = new Problems();
    Envelope envelope =
        Envelope.ofAttributes("1.0", "/pos", "1", "sale", "2026-01-01T00:00:00Z", "s", problems);
    assertEquals(false, problems.hasErrors());
    assertEquals(new Envelope("/pos", "1", "sale", 1_767_225_600_000L), envelope);
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Envelope given = envelope == null ? Envelope.NONE : envelope;
    assertEquals(given, JsonEvents.split("s", body, Form.JSON, given).slices().get(0).envelope());
    byte[] array = "[{}]".getBytes(StandardCharsets.UTF_8);
    assertEquals(1, JsonEvents.split("s", array, Form.JSON, given).problems().size());
  }

  @Test
  void ofAttributes_noneOrSome_isNoneOrProblems() {
    Problems problems = new Problems();
    assertEquals(Envelope.NONE, Envelope.ofAttributes(null, null, null, null, null, "s", problems));
    assertEquals(null, Envelope.ofAttributes("1.0", "x", null, "t", null, "s", problems));
    assertEquals(
        List.of(
            "VG-EVENT-001 stream s  attribute 'id' of the CloudEvent: missing, expected a non-empty"
                + " string"),
        Decoded.lines(problems.sorted()));
  }
}
