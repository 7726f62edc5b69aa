package io.vigia.server;

import static io.vigia.server.LoopProcessor.payment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code POST …/events}, and the decisions read back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EventsIT {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";

  private final CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
  private TestGateway gateway;
  private LoopProcessor processor;

  @BeforeAll
  void start() {
    gateway = TestGateway.start(pipeline, TestServers.newDatabase());
    processor = LoopProcessor.start(pipeline, 1);
    gateway.awaitReady();
  }

  @AfterAll
  void stop() {
    gateway.close();
    processor.close();
  }

  @Test
  void events_oneGoodOneBad_acceptsOneAndRejectsTheOther() {
    HttpResponse<String> response =
        send("[" + payment("a1", "ca", 1, time(0)) + ",{\"payment_id\":\"a2\"}]", JSON);
    assertEquals(202, response.statusCode(), response.body());
    JsonObject result = new JsonObject(response.body());
    assertEquals(1, result.getInteger("accepted"));
    JsonObject rejected = result.getJsonArray("rejected").getJsonObject(0);
    assertEquals(1, rejected.getInteger("index"));
    assertEquals(
        "VG-EVENT-002", rejected.getJsonArray("problems").getJsonObject(0).getString("code"));
  }

  @Test
  void events_noneGood_answers400() {
    HttpResponse<String> response = send("{}\n{\"x\":1}\n", NDJSON);
    assertEquals(400, response.statusCode());
    JsonObject problem = new JsonObject(response.body());
    assertEquals(0, problem.getInteger("accepted"));
    assertEquals(2, problem.getJsonArray("rejected").size());
    assertEquals(400, send("", JSON).statusCode());
    assertEquals(400, send("[]", JSON).statusCode());
    assertEquals(400, send("[{},", JSON).statusCode());
  }

  @Test
  void events_everyForm_isTaken() {
    assertEquals(202, send(payment("f1", "cf", 1, time(0)), JSON).statusCode());
    assertEquals(
        202,
        send(payment("f2", "cf", 1, time(0)) + "\n\n" + payment("f3", "cf", 1, time(0)), NDJSON)
            .statusCode());
    String event =
        """
        {"specversion":"1.0","id":"%s","source":"s","type":"t","data":%s}\
        """;
    assertEquals(
        202,
        send(event.formatted("f4", payment("f4", "cf", 1, time(0))), "application/cloudevents+json")
            .statusCode());
    assertEquals(
        202,
        send(
                "[" + event.formatted("f5", payment("f5", "cf", 1, time(0))) + "]",
                "application/cloudevents-batch+json")
            .statusCode());
    assertEquals(415, send("a,b\n", "text/csv").statusCode());
    Await.until("five decisions", () -> decisions("key=cf").size() == 5);
    assertTrue(
        decisions("key=cf").stream().anyMatch(each -> each.getString("event_id").equals("f4")));
  }

  @Test
  void events_tooLargeBatch_answers413() {
    assertEquals(413, send("x".repeat(17 << 20), JSON).statusCode());
  }

  @Test
  void events_clientsThatGoAwayInTheMiddle_freeTheirPlaces() throws Exception {
    for (int i = 0; i < ServerLimits.DEFAULT.batchesMax() + 2; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.server.port())) {
        String head =
            "POST /v1/streams/payments/events HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n[";
        socket.getOutputStream().write(LoopProcessor.utf8(head));
      }
    }
    Await.until("a place", () -> send(payment("g1", "cg", 1, time(0)), JSON).statusCode() == 202);
    for (int i = 0; i < 10; i++) {
      assertEquals(202, send(payment("g1", "cg", 1, time(0)), JSON).statusCode());
    }
  }

  @Test
  void events_ofOneKey_keepTheOrderOfTheRequest() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      lines.append(payment("o" + i, "co" + i % 7, 1, time(i))).append('\n');
    }
    HttpResponse<String> response = send(lines.toString(), NDJSON);
    assertEquals(2_000, new JsonObject(response.body()).getInteger("accepted"), response.body());
    Await.until(
        "2,000 decisions",
        () -> export("stream=payments").stream().filter(EventsIT::isOrdered).count() == 2_000);
    Map<String, Integer> last = new HashMap<>();
    int partition = -1;
    long offset = -1;
    for (JsonObject decision : export("stream=payments")) {
      JsonObject position = decision.getJsonObject("position");
      if (position.getInteger("partition") != partition) {
        partition = position.getInteger("partition");
        offset = -1;
      }
      assertTrue(position.getLong("offset") > offset, "ordered by partition and offset");
      offset = position.getLong("offset");
      if (isOrdered(decision)) {
        int number = Integer.parseInt(decision.getString("event_id").substring(1));
        int before = last.merge(decision.getString("key"), number, (old, now) -> now);
        assertTrue(before <= number);
      }
    }
    assertEquals(7, last.size());
  }

  @Test
  void decisions_filters_chooseAndPagesJoin() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append(payment("q" + i, "cq", i % 3 == 0 ? 900 : 5, time(i))).append('\n');
    }
    send(lines.toString(), NDJSON);
    Await.until("30 decisions", () -> decisions("key=cq&limit=100").size() == 30);
    assertEquals(10, decisions("key=cq&outcome=block").size());
    assertEquals(10, decisions("key=cq&rule=large").size());
    assertEquals(0, decisions("key=cq&rule=odd").size());
    assertEquals(0, decisions("key=cq&pipeline=other").size());
    assertEquals(30, decisions("key=cq&stream=payments&pipeline=" + pipeline.name()).size());
    assertEquals(5, decisions("key=cq&since=" + time(10) + "&until=" + time(15)).size());
    assertEquals(30, export("key=cq").size());

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = gateway.json("/v1/decisions?key=cq&limit=7" + cursor);
      JsonArray list = page.getJsonArray("decisions");
      list.forEach(each -> seen.add(((JsonObject) each).getString("event_id")));
      cursor = page.getString("next") == null ? "" : "&before=" + page.getString("next");
    } while (!cursor.isEmpty());
    List<String> expected = new ArrayList<>();
    for (int i = 29; i >= 0; i--) {
      expected.add("q" + i);
    }
    assertEquals(expected, seen, "the newest first, none twice, none left out");
  }

  @Test
  void stats_afterEvents_count() {
    Await.until("earlier events", this::isAllCounted);
    JsonObject before = stats();
    send(payment("s1", "cs", 900, time(0)) + "\n" + payment("s2", "cs", 1, time(0)), NDJSON);
    gateway.decide(payment("s3", "cs", 1, time(0)));
    gateway.decide(payment("s3", "cs", 1, time(0)));
    gateway.decide(payment("s3", "cs", 2, time(0)));
    Await.until(
        "the counts",
        () ->
            stats().getInteger("conflicts") == before.getInteger("conflicts") + 1
                && isAllCounted());
    JsonObject after = stats();
    assertEquals(before.getInteger("decisions") + 3, after.getInteger("decisions"));
    assertEquals(before.getInteger("repeats") + 1, after.getInteger("repeats"));
    assertEquals(
        before.getJsonObject("by_outcome").getInteger("block", 0) + 1,
        after.getJsonObject("by_outcome").getInteger("block"));
    assertEquals(before.getInteger("events") + 5, after.getInteger("events"), "without probes");
    assertTrue(after.getJsonObject("since_start").getInteger("answers") >= 2);
    assertEquals(0, gateway.server.duplicates(pipeline.name()));
  }

  private static boolean isOrdered(JsonObject decision) {
    return decision.getString("key").startsWith("co");
  }

  /** Whether each event in the log has come to its end. */
  private boolean isAllCounted() {
    JsonObject stats = stats();
    return stats.getInteger("events")
        == stats.getInteger("decisions")
            + stats.getInteger("repeats")
            + stats.getInteger("conflicts");
  }

  private JsonObject stats() {
    return gateway.json("/v1/stats").getJsonArray("pipelines").getJsonObject(0);
  }

  private HttpResponse<String> send(String body, String type) {
    return gateway.post("/v1/streams/payments/events", body, "Content-Type", type);
  }

  private List<JsonObject> decisions(String query) {
    List<JsonObject> decisions = new ArrayList<>();
    gateway
        .json("/v1/decisions?" + query)
        .getJsonArray("decisions")
        .forEach(each -> decisions.add((JsonObject) each));
    return decisions;
  }

  private List<JsonObject> export(String query) {
    HttpResponse<String> response = gateway.get("/v1/decisions?" + query, "Accept", NDJSON);
    assertEquals(200, response.statusCode(), response.body());
    return response.body().lines().map(JsonObject::new).toList();
  }

  private static String time(int second) {
    return "2026-01-01T%02d:%02d:%02dZ".formatted(second / 3600, second / 60 % 60, second % 60);
  }
}
