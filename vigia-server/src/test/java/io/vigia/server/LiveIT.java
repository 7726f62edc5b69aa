package io.vigia.server;

import static io.vigia.server.LoopProcessor.payment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The feed of server-sent events. */
final class LiveIT {
  private static final String TIME = "2026-01-01T00:00:00Z";

  @Test
  void live_decisionsAndAlerts_areSeenAsTheyCome() throws Exception {
    CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
    LoopProcessor processor = LoopProcessor.start(pipeline, 1);
    TestGateway gateway = TestGateway.start(pipeline, TestServers.newDatabase());
    try (processor;
        gateway) {
      gateway.awaitReady();
      processor.emitTwice();
      try (Page page = new Page(gateway)) {
        Await.until("the first figures", () -> !page.of("stats").isEmpty());
        String answered = gateway.decide(payment("p1", "c1", 900, TIME)).body();
        Await.until("the decision", () -> !page.of("decision").isEmpty());
        assertEquals(answered, page.of("decision").get(0));
        Await.until("the alert", () -> !page.of("alert").isEmpty());
        JsonObject alert = new JsonObject(page.of("alert").get(0));
        assertEquals(new JsonObject(answered).getString("id"), alert.getString("decision"));
        assertEquals(List.of(), ApiDocument.validate("/components/schemas/Alert", alert.encode()));
        Await.until(
            "figures with the decision",
            () ->
                page.of("stats").stream()
                    .map(JsonObject::new)
                    .anyMatch(
                        stats ->
                            stats.getInteger("shown") == 1
                                && pipelineOf(stats).getInteger("decisions") == 1));
        assertEquals(1, page.of("decision").size(), "the second decision of the id is not shown");
        for (String stats : page.of("stats")) {
          assertEquals(
              List.of(), ApiDocument.validate("/components/schemas/LiveStatistics", stats));
        }
        gateway.decide(payment("p2", "c1", 901, TIME));
        Await.until(
            "the alert to grow",
            () -> page.of("alert").stream().anyMatch(each -> each.contains("\"count\":2")));
      }
      Await.until("the page to be gone", () -> gateway.json("/v1/stats").getInteger("pages") == 0);
    }
  }

  @Test
  void live_moreThanAnybodyCanRead_showsTheSevereOnes() throws Exception {
    CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
    LoopProcessor processor = LoopProcessor.start(pipeline, 1);
    TestGateway gateway = TestGateway.start(pipeline, TestServers.newDatabase());
    try (processor;
        gateway) {
      gateway.awaitReady();
      try (Page page = new Page(gateway)) {
        Await.until("the first figures", () -> !page.of("stats").isEmpty());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
          lines.append(payment("p" + i, "c" + i % 50, i % 300 == 299 ? 900 : 1, TIME)).append('\n');
        }
        gateway.post(
            "/v1/streams/payments/events",
            lines.toString(),
            "Content-Type",
            "application/x-ndjson");
        Await.until(
            "the skipped to be counted",
            () ->
                page.of("stats").stream()
                        .map(JsonObject::new)
                        .mapToInt(stats -> stats.getInteger("shown") + stats.getInteger("skipped"))
                        .sum()
                    == 3_000);
        long blocked =
            page.of("decision").stream().filter(each -> each.contains("\"block\"")).count();
        assertEquals(10, blocked);
        assertTrue(page.of("decision").size() <= 200, "shown " + page.of("decision").size());
      }
    }
  }

  private static JsonObject pipelineOf(JsonObject stats) {
    return stats.getJsonArray("pipelines").getJsonObject(0);
  }

  /** An open page that remembers what it was sent. */
  private static final class Page implements AutoCloseable {
    private final InputStream body;
    private final ConcurrentLinkedQueue<Map.Entry<String, String>> events =
        new ConcurrentLinkedQueue<>();

    Page(TestGateway gateway) throws IOException, InterruptedException {
      HttpResponse<InputStream> response =
          TestGateway.client()
              .send(gateway.request("/v1/live").build(), BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
      body = response.body();
      Thread reader = new Thread(this::read, "page");
      reader.setDaemon(true);
      reader.start();
    }

    List<String> of(String event) {
      List<String> data = new ArrayList<>();
      events.forEach(
          each -> {
            if (each.getKey().equals(event)) {
              data.add(each.getValue());
            }
          });
      return data;
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            event = line.substring(7);
          } else if (line.startsWith("data: ")) {
            events.add(Map.entry(event, line.substring(6)));
          }
        }
      } catch (IOException e) {
        // The page was closed.
      }
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
