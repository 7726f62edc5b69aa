package io.vigia.server;

import static io.vigia.server.LoopProcessor.payment;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code POST …/decide} against a real log and a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DecideIT {
  private static final String TIME = "2026-01-01T00:00:00Z";

  private final CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
  private final DatabaseAddress database = TestServers.newDatabase();
  private TestGateway gateway;
  private LoopProcessor processor;

  @BeforeAll
  void start() {
    gateway =
        TestGateway.start(
            pipeline,
            database,
            config -> config.withLimits(ServerLimits.DEFAULT.withWaitingMax(4)));
    processor = LoopProcessor.start(pipeline, 1);
    gateway.awaitReady();
  }

  @AfterAll
  void stop() {
    gateway.close();
    processor.close();
  }

  @Test
  void decide_newEvent_answersTheDecisionOfTheTopic() {
    HttpResponse<String> response = gateway.decide(payment("p1", "c1", 900, TIME));
    assertEquals(200, response.statusCode(), response.body());
    JsonObject decision = new JsonObject(response.body());
    assertEquals("block", decision.getString("outcome"));
    assertEquals(90, decision.getInteger("score"));
    assertEquals(List.of("large"), decision.getJsonArray("rules").getList());
    assertEquals(List.of("amount 900"), decision.getJsonArray("reasons").getList());
    assertEquals("p1", decision.getString("event_id"));
    assertEquals("c1", decision.getJsonObject("event").getString("card"));
    String timing = response.headers().firstValue("Server-Timing").orElse("");
    assertTrue(timing.matches("check;dur=[\\d.]+, decide;dur=[\\d.]+, total;dur=[\\d.]+"), timing);
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  void decide_sameEventAgain_answersTheSameBytes() {
    String payment = payment("p2", "c2", 20, TIME);
    String first = gateway.decide(payment).body();
    assertEquals(first, gateway.decide(payment).body());
    assertEquals(first, gateway.decide(payment.replace(":20,", ":20.0,")).body());
  }

  @Test
  void decide_sameEventAgainAfterTheCacheIsEmptied_answersTheSameBytesFromTheStore() {
    String payment = payment("p3", "c3", 150, TIME);
    String first = gateway.decide(payment).body();
    gateway.server.forgetRecent();
    HttpResponse<String> second = gateway.decide(payment);
    assertEquals(200, second.statusCode(), second.body());
    assertEquals(first, second.body());
  }

  @Test
  void decide_otherContentUnderTheSameId_answersConflict() {
    gateway.decide(payment("p4", "c4", 20, TIME));
    HttpResponse<String> response = gateway.decide(payment("p4", "c4", 21, TIME));
    assertEquals(409, response.statusCode());
    JsonObject problem = new JsonObject(response.body());
    assertEquals("urn:vigia:conflict", problem.getString("type"));
    assertEquals("p4", problem.getString("event_id"));
  }

  @Test
  void decide_noDecisionInTime_answersTheFallbackAndLaterTheDecision() {
    String payment = payment("p5", "c5", 700, TIME);
    processor.pause();
    HttpResponse<String> fallback = gateway.decide(payment);
    assertEquals(200, fallback.statusCode());
    JsonObject answer = new JsonObject(fallback.body());
    assertEquals("review", answer.getString("outcome"));
    assertTrue(answer.getBoolean("fallback"));
    assertEquals("no decision within 1500 ms", answer.getString("because"));
    String id = answer.getString("id");
    Await.until(
        "the answer in the store",
        () -> gateway.get("/v1/decisions/" + id).body().contains("'review' was answered"));

    processor.resume();
    Await.until("the decision", () -> gateway.get("/v1/decisions/" + id).statusCode() == 200);
    JsonObject stored = gateway.json("/v1/decisions/" + id);
    assertEquals("block", stored.getString("outcome"));
    assertEquals("review", stored.getString("answered"));
    assertTrue(gateway.server.statistics().get(0).fallbacks() >= 1);

    JsonObject retried = new JsonObject(gateway.decide(payment).body());
    assertEquals("block", retried.getString("outcome"));
    assertFalse(retried.containsKey("fallback"));
    assertFalse(retried.containsKey("answered"), "the bytes of the topic, nothing more");
  }

  @Test
  void decide_repeatWhileTheFirstIsStillWaiting_answersBothAlike() throws Exception {
    String payment = payment("p6", "c6", 30, TIME);
    processor.pause();
    CompletableFuture<HttpResponse<String>> first = gateway.decideLater(payment);
    CompletableFuture<HttpResponse<String>> second = gateway.decideLater(payment);
    processor.resume();
    assertEquals(first.get().body(), second.get().body());
    assertEquals("allow", new JsonObject(first.get().body()).getString("outcome"));
  }

  @Test
  void decide_tooManyWaiting_answers429() {
    processor.pause();
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(gateway.decideLater(payment("many" + i, "c", 1, TIME)));
    }
    List<HttpResponse<String>> answers = asked.stream().map(CompletableFuture::join).toList();
    processor.resume();
    List<HttpResponse<String>> refused =
        answers.stream().filter(answer -> answer.statusCode() == 429).toList();
    assertEquals(4, refused.size());
    assertEquals("1", refused.get(0).headers().firstValue("Retry-After").orElse(""));
    assertEquals(4, answers.stream().filter(answer -> answer.statusCode() == 200).count());
  }

  @Test
  void decide_cloudEvents_areTakenInBothModes() {
    String structured =
        """
        {"specversion":"1.0","id":"v1","source":"/shop","type":"visit","data":{"page":"/home"}}\
        """;
    HttpResponse<String> first =
        gateway.post(
            "/v1/streams/visits/decide",
            structured,
            "Content-Type",
            "application/cloudevents+json");
    assertEquals(200, first.statusCode(), first.body());
    assertEquals("/shop:v1", new JsonObject(first.body()).getString("event_id"));
    HttpResponse<String> binary =
        gateway.post(
            "/v1/streams/visits/decide",
            "{\"page\":\"/home\"}",
            "Content-Type",
            "application/json",
            "ce-specversion",
            "1.0",
            "ce-id",
            "v1",
            "ce-source",
            "/shop",
            "ce-type",
            "visit");
    assertEquals(first.body(), binary.body(), "the same event");
  }

  @Test
  void decide_badInput_isRefusedWithItsReason() {
    assertRefused(400, gateway.decide("{\"payment_id\":"), "VG-EVENT-001");
    assertRefused(400, gateway.decide(payment("p", "c", "\"abc\"", TIME)), "VG-EVENT-003");
    assertRefused(400, gateway.decide("{\"payment_id\":\"p\"}"), "VG-EVENT-002");
    assertRefused(
        400,
        gateway.decide("{\"card\":\"c\"," + payment("p", "c", 1, TIME).substring(1)),
        "stands twice");
    assertRefused(400, gateway.decide(""), "VG-EVENT-001");
    assertRefused(413, gateway.decide("[".repeat(100_000)), "VG-EVENT-006");
    HttpResponse<String> two =
        gateway.decide("[" + payment("a", "c", 1, TIME) + "," + payment("b", "c", 1, TIME) + "]");
    assertRefused(400, two, "expected one");

    HttpResponse<String> unknown =
        gateway.post("/v1/streams/payment/decide", "{}", "Content-Type", "application/json");
    assertRefused(404, unknown, "did you mean 'payments'?");

    assertRefused(
        413, gateway.decide("{\"x\":\"" + "x".repeat(300_000) + "\"}"), "urn:vigia:too-large");
    assertRefused(
        415,
        gateway.post("/v1/streams/payments/decide", "a=b", "Content-Type", "text/plain"),
        "content-type 'text/plain'");
    assertRefused(
        415,
        gateway.post(
            "/v1/streams/payments/decide",
            "x",
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip"),
        "gzip");
    HttpResponse<String> old =
        gateway.post(
            "/v1/streams/recent_payments/decide",
            payment("p", "c", 1, TIME),
            "Content-Type",
            "application/json");
    assertRefused(422, old, "max_age");
    HttpResponse<String> ahead =
        gateway.post(
            "/v1/streams/recent_payments/decide",
            payment("p", "c", 1, "2999-01-01T00:00:00Z"),
            "Content-Type",
            "application/json");
    assertRefused(422, ahead, "max_ahead");
  }

  @Test
  void decide_fieldAtFault_isNamed() {
    JsonObject problem =
        new JsonObject(gateway.decide(payment("p", "c", "\"abc\"", TIME)).body())
            .getJsonArray("problems")
            .getJsonObject(0);
    assertEquals("amount", problem.getString("field"));
    assertTrue(problem.getString("message").contains("abc"), problem.encode());
  }

  @Test
  void decide_strangeTexts_comeBackAsTheyWere() {
    String id = "ü€😀\\u0001\\\"'; drop table decisions; --";
    HttpResponse<String> response = gateway.decide(payment(id, "ключ", 1, TIME));
    assertEquals(200, response.statusCode(), response.body());
    JsonObject decision = new JsonObject(response.body());
    assertEquals("ü€😀\u0001\"'; drop table decisions; --", decision.getString("event_id"));
    String path = "/v1/decisions/" + decision.getString("id");
    Await.until("the decision", () -> gateway.get(path).statusCode() == 200);
    assertArrayEquals(
        response.body().getBytes(StandardCharsets.UTF_8),
        gateway.get(path).body().getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(int status, HttpResponse<String> response, String saying) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    assertTrue(response.body().contains(saying), response.body());
    assertEquals(status, new JsonObject(response.body()).getInteger("status"));
  }
}
