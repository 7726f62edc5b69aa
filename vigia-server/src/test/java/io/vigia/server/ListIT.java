package io.vigia.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists are shown and changed over HTTP, and every gateway knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListIT {
  private static final String FILE =
      """
      vigia: 1
      pipeline: %s
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields: {payment_id: string, created_at: timestamp, card: string, amount: decimal}
      lists:
        blocked: {of: string, values: [f1, f2, f3, f4]}
        amounts: {of: decimal, values: [100]}
        bulk: {of: string}
        other: {of: string}
      rules:
        - id: listed
          when: 'event.card in lists.blocked || event.card in lists.bulk || event.card in lists.other'
          outcome: block
        - {id: amount, when: 'event.amount in lists.amounts', outcome: review}
      """;

  private final DatabaseAddress database = TestServers.newDatabase();
  private final CompiledPipeline pipeline =
      TestPipeline.compile(FILE.formatted(TestPipeline.newName()));
  private TestGateway gateway;

  @BeforeAll
  void start() {
    gateway = TestGateway.start(pipeline, database);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String type) {
    return TestGateway.send(
        gateway
            .request(path, "Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private JsonObject put(String path, String body) {
    HttpResponse<String> answer = send("PUT", path, body, "application/json");
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private JsonObject delete(String path) {
    HttpResponse<String> answer = send("DELETE", path, "", "application/json");
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private JsonObject entry(String list, String value) {
    return gateway.json("/v1/lists/" + list + "?search=" + value).getJsonArray("values").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("value").equals(value))
        .findFirst()
        .orElse(new JsonObject());
  }

  @Test
  void entry_putShownAndDeleted_isAsSaid() {
    JsonObject put =
        put("/v1/lists/blocked/entries/a%2Fb%20c", "{\"for\":\"7d\",\"note\":\"why\"}");
    assertEquals("a/b c", put.getString("value"));
    assertTrue(put.getBoolean("in"));
    assertFalse(put.getBoolean("declared"));
    assertEquals("why", put.getString("note"));
    assertTrue(put.getString("until").compareTo(put.getString("from")) > 0, put.encode());
    JsonArray found = gateway.json("/v1/lists/blocked?search=A%2Fb").getJsonArray("values");
    assertEquals(new JsonArray().add(put), found);

    JsonObject gone = delete("/v1/lists/blocked/entries/a%2Fb%20c");
    assertFalse(gone.getBoolean("in"));
    HttpResponse<String> again =
        send("DELETE", "/v1/lists/blocked/entries/a%2Fb%20c", "", "application/json");
    assertEquals(404, again.statusCode(), again.body());
  }

  @Test
  void entry_declaredByTheFile_staysRemovedUntilAddedAgain() {
    assertEquals(
        new JsonObject().put("value", "f1").put("in", true).put("declared", true),
        entry("blocked", "f1"));
    JsonObject removed = delete("/v1/lists/blocked/entries/f1");
    assertFalse(removed.getBoolean("in"));
    assertTrue(removed.getBoolean("declared"));
    assertEquals(removed, entry("blocked", "f1"));
    try (TestGateway second = TestGateway.start(pipeline, database)) {
      JsonArray values = second.json("/v1/lists/blocked?search=f1").getJsonArray("values");
      assertEquals(removed, values.getJsonObject(0), "another gateway knows it from the log");
    }
    assertTrue(put("/v1/lists/blocked/entries/f1", "").getBoolean("in"));
  }

  @Test
  void entry_withAnEnd_isShownAsEnded() {
    JsonObject put = put("/v1/lists/other/entries/old", "{\"until\":\"2020-01-01T00:00:00Z\"}");
    assertFalse(put.getBoolean("in"));
    assertTrue(put.getBoolean("ended"));
  }

  @Test
  void entry_ofAnotherType_isRefusedWithProblems() {
    HttpResponse<String> refused =
        send("PUT", "/v1/lists/amounts/entries/much", "", "application/json");
    assertEquals(400, refused.statusCode(), refused.body());
    JsonObject problem = new JsonObject(refused.body());
    assertEquals("urn:vigia:entry-refused", problem.getString("type"));
    assertEquals(
        "VG-LIST-002", problem.getJsonArray("problems").getJsonObject(0).getString("code"));
    assertEquals("100", entry("amounts", "100").getString("value"));
    assertTrue(put("/v1/lists/amounts/entries/200.50", "").getBoolean("in"));
    assertEquals("200.5", entry("amounts", "200.5").getString("value"));
  }

  @Test
  void list_unknown_isToldWithTheNearest() {
    HttpResponse<String> unknown = gateway.get("/v1/lists/bloked");
    assertEquals(404, unknown.statusCode());
    assertTrue(unknown.body().contains("did you mean 'blocked'?"), unknown.body());
    assertEquals(404, gateway.get("/v1/lists/blocked?pipeline=nobody").statusCode());
    assertEquals(400, gateway.get("/v1/lists/blocked?serach=x").statusCode());
    assertEquals(
        404, send("PUT", "/v1/lists/bloked/entries/x", "", "application/json").statusCode());
  }

  @Test
  void entries_importedAndPaged_comeInTheOrderOfTheirTexts() {
    StringBuilder lines = new StringBuilder("value,for,note\n");
    IntStream.range(100, 400).forEach(i -> lines.append("b").append(i).append(",1d,bulk\n"));
    lines.append(",1d,bad\n").append("b500,nonsense,\n");
    HttpResponse<String> answer =
        send("POST", "/v1/lists/bulk/entries", lines.toString(), "text/csv");
    assertEquals(200, answer.statusCode(), answer.body());
    JsonObject imported = new JsonObject(answer.body());
    assertEquals(300, imported.getInteger("accepted"));
    assertEquals(2, imported.getJsonArray("rejected").size());
    assertEquals(302, imported.getJsonArray("rejected").getJsonObject(0).getInteger("line"));

    String next = "b149";
    int pages = 0;
    String last = "";
    while (next != null) {
      JsonObject page = gateway.json("/v1/lists/bulk?limit=100&after=" + next);
      last = page.getJsonArray("values").getJsonObject(0).getString("value");
      next = page.getString("next");
      pages++;
    }
    assertEquals(3, pages);
    assertEquals("b350", last);
    assertEquals(300, list("bulk").getInteger("entries"));
    HttpResponse<String> one =
        send("POST", "/v1/lists/bulk/entries", "{\"value\":\"z\"}", "application/json");
    assertEquals(200, one.statusCode(), one.body());
    HttpResponse<String> nothing =
        send("POST", "/v1/lists/bulk/entries", "{}\n[1]", "application/x-ndjson");
    assertEquals(400, nothing.statusCode(), nothing.body());
    assertEquals(415, send("POST", "/v1/lists/bulk/entries", "x", "text/plain").statusCode());
  }

  private JsonObject list(String name) {
    return gateway.json("/v1/lists").getJsonArray("lists").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("list").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void changes_ofAList_areAllThatWasSaid() {
    put("/v1/lists/other/entries/x", "{\"note\":\"one\"}");
    delete("/v1/lists/other/entries/x");
    put("/v1/lists/other/entries/x", "{\"note\":\"two\"}");
    List<JsonObject> said =
        gateway
            .get("/v1/lists/other/changes")
            .body()
            .lines()
            .map(JsonObject::new)
            .filter(each -> each.getString("value").equals("x"))
            .toList();
    assertEquals(3, said.size(), said.toString());
    assertEquals(true, said.get(0).getValue("in"));
    assertEquals(null, said.get(1).getValue("in"));
    assertEquals("two", said.get(2).getString("note"));
  }
}
