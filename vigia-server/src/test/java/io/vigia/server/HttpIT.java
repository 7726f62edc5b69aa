package io.vigia.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.server.health.HealthSource.PartHealth;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.TopicSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/** What every answer shares: routes, headers, files, health, start and stop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpIT {
  private final CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
  private final DatabaseAddress database = TestServers.newDatabase();
  private final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
  private final AtomicReference<PartHealth> processorHealth =
      new AtomicReference<>(new PartHealth("processor", true, "8 of 8 tasks run"));
  private TestGateway gateway;

  @BeforeAll
  void start() {
    gateway =
        TestGateway.start(
            pipeline,
            database,
            config ->
                config
                    .withFreeBytes(freeBytes::get)
                    .withProcessors(() -> List.of(processorHealth.get())));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void routes_andDocument_agree() {
    Set<String> routes = new TreeSet<>();
    gateway.server.routes().forEach(route -> routes.add(route.method() + " " + route.path()));
    assertEquals(ApiDocument.operations(), routes);
    assertEquals(List.of(), ApiDocument.badExamples());
    assertEquals(ApiDocument.document(), gateway.json("/openapi.json"));
  }

  @Test
  void readyz_withoutProcessor_saysWhyAndDecideAnswers503() {
    HttpResponse<String> ready = gateway.get("/readyz");
    assertEquals(503, ready.statusCode());
    JsonObject state = new JsonObject(ready.body());
    assertFalse(state.getBoolean("ready"));
    assertTrue(
        state.getJsonArray("reasons").getString(0).contains("have not returned their first probe"),
        ready.body());
    assertEquals("1", ready.headers().firstValue("Retry-After").orElse(""));
    assertEquals(200, gateway.get("/healthz").statusCode());

    HttpResponse<String> decide =
        gateway.decide(LoopProcessor.payment("p", "c", 1, "2026-01-01T00:00:00Z"));
    assertEquals(503, decide.statusCode());
    assertEquals("urn:vigia:not-ready", new JsonObject(decide.body()).getString("type"));
    HttpResponse<String> events =
        gateway.post(
            "/v1/streams/payments/events",
            LoopProcessor.payment("p", "c", 1, "2026-01-01T00:00:00Z"),
            "Content-Type",
            "application/json");
    assertEquals(202, events.statusCode(), "the log takes events before they can be decided");
  }

  @Test
  void readyz_processorComesAndGoes_tellsTheTruth() {
    CompiledPipeline other = TestPipeline.payments(TestPipeline.newName());
    AtomicReference<PartHealth> health = new AtomicReference<>(new PartHealth("p", true, "runs"));
    try (TestGateway second =
        TestGateway.start(
            other,
            TestServers.newDatabase(),
            config -> config.withProcessors(() -> List.of(health.get())))) {
      try (LoopProcessor processor = LoopProcessor.start(other, 1)) {
        second.awaitReady();
        health.set(new PartHealth("p", false, "0 of 8 tasks run"));
        assertEquals(503, second.get("/readyz").statusCode());
        assertTrue(second.get("/readyz").body().contains("p: 0 of 8 tasks run"));
        health.set(new PartHealth("p", true, "runs"));
        assertEquals(200, second.get("/readyz").statusCode());
        processor.pause();
        Await.until("the stuck way to be noticed", () -> second.get("/readyz").statusCode() == 503);
        assertTrue(second.get("/readyz").body().contains("no probe has come back for"));
        processor.resume();
        Await.until("the open way to be noticed", () -> second.get("/readyz").statusCode() == 200);
      }
    }
  }

  @Test
  void get_unknownPath_answers404() {
    HttpResponse<String> response = gateway.get("/v1/nothing");
    assertEquals(404, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals(404, gateway.get("/../../etc/passwd").statusCode());
    assertEquals(404, gateway.get("/js/..%2f..%2findex.html").statusCode());
  }

  @Test
  void delete_knownPath_answers405WithAllow() {
    HttpResponse<String> response =
        TestGateway.send(gateway.request("/v1/decisions").DELETE().build());
    assertEquals(405, response.statusCode());
    assertEquals("GET", response.headers().firstValue("Allow").orElse(""));
    assertEquals("urn:vigia:method-not-allowed", new JsonObject(response.body()).getString("type"));
    assertEquals(405, gateway.get("/v1/streams/payments/decide").statusCode());
  }

  @Test
  void get_page_isServedWithItsHeaders() {
    HttpResponse<String> page = gateway.get("/");
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElse(""));
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'self'"), policy);
    assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
    String tag = page.headers().firstValue("ETag").orElse("");
    assertEquals(304, gateway.get("/", "If-None-Match", tag).statusCode());
    Matcher assets = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(page.body());
    int named = 0;
    for (; assets.find(); named++) {
      assertEquals(200, gateway.get(assets.group(1)).statusCode(), assets.group(1));
    }
    assertTrue(named > 5, page.body());
    HttpResponse<String> library = gateway.get("/assets/uplot/uPlot.iife.min.js");
    assertEquals(200, library.statusCode());
    assertTrue(library.body().contains("uPlot"));
    assertEquals(200, gateway.get("/assets/uplot/uPlot.min.css").statusCode());
  }

  @Test
  void post_fromAForeignPage_isRefused() {
    HttpResponse<String> foreign =
        gateway.post(
            "/v1/streams/payments/events",
            "{}",
            "Content-Type",
            "application/json",
            "Origin",
            "http://evil.example");
    assertEquals(403, foreign.statusCode());
    HttpResponse<String> own =
        gateway.post(
            "/v1/streams/payments/events",
            "{}",
            "Content-Type",
            "application/json",
            "Origin",
            "http://127.0.0.1:" + gateway.server.port());
    assertEquals(400, own.statusCode(), "taken, and found wanting");
  }

  @Test
  void get_byAForeignName_isRefused() throws IOException {
    assertEquals("HTTP/1.1 403 Forbidden", statusLine("evil.example:8080"));
    assertEquals("HTTP/1.1 200 OK", statusLine("localhost:1"));
    assertEquals("HTTP/1.1 200 OK", statusLine("[::1]:" + gateway.server.port()));
    assertTrue(statusLine("a b").startsWith("HTTP/1.1 40"));
  }

  @Test
  void get_withoutTheStoresRows_listsAreEmpty() {
    assertEquals(0, gateway.json("/v1/decisions").getJsonArray("decisions").size());
    assertEquals(0, gateway.json("/v1/alerts").getJsonArray("alerts").size());
    JsonObject pipelines = gateway.json("/v1/pipelines");
    JsonObject first = pipelines.getJsonArray("pipelines").getJsonObject(0);
    assertEquals(pipeline.name(), first.getString("pipeline"));
    assertEquals(3, first.getJsonArray("streams").size());
    assertEquals(1, gateway.json("/v1/stats").getJsonArray("pipelines").size());
  }

  @Test
  void get_badParameters_areAllNamed() {
    HttpResponse<String> response =
        gateway.get("/v1/decisions?limit=0&since=yesterday&colour=red&before=xyz");
    assertEquals(400, response.statusCode());
    String detail = new JsonObject(response.body()).getString("detail");
    assertTrue(detail.contains("'limit': expected a number from 1 to 1000"), detail);
    assertTrue(detail.contains("'since': expected a time"), detail);
    assertTrue(detail.contains("unknown parameter 'colour'"), detail);
    assertTrue(detail.contains("'before'"), detail);
    assertEquals(400, gateway.get("/v1/decisions/42").statusCode());
    assertEquals(404, gateway.get("/v1/decisions/" + "0".repeat(32)).statusCode());
  }

  @Test
  void post_diskNearlyFull_isRefused() {
    freeBytes.set(1);
    try {
      Await.until(
          "the disk to be looked at",
          () -> gateway.post("/v1/streams/visits/events", "{}").statusCode() == 503);
      HttpResponse<String> response = gateway.post("/v1/streams/visits/events", "{}");
      assertEquals("urn:vigia:disk-full", new JsonObject(response.body()).getString("type"));
    } finally {
      freeBytes.set(Long.MAX_VALUE);
    }
    Await.until(
        "the disk to be looked at",
        () -> gateway.post("/v1/streams/visits/events", "{}").statusCode() == 400);
  }

  @Test
  void connect_tooMany_areClosedAndCounted() throws IOException {
    CompiledPipeline other = TestPipeline.payments(TestPipeline.newName());
    try (TestGateway small =
        TestGateway.start(
            other,
            TestServers.newDatabase(),
            config -> config.withLimits(ServerLimits.DEFAULT.withConnectionsMax(3)))) {
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 6; i++) {
          sockets.add(new Socket(InetAddress.getLoopbackAddress(), small.server.port()));
        }
        for (Socket socket : sockets.subList(3, 6)) {
          socket.setSoTimeout(10_000);
          assertEquals(-1, socket.getInputStream().read());
        }
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
      Await.until(
          "room for another", () -> small.json("/v1/stats").getInteger("connections_refused") >= 3);
    }
  }

  @Test
  void start_portInUse_saysSo() {
    CompiledPipeline other = TestPipeline.payments(TestPipeline.newName());
    String refused =
        refusal(
            () ->
                TestGateway.start(
                    other,
                    TestServers.newDatabase(),
                    config -> config.withAddress("127.0.0.1", gateway.server.port())));
    assertEquals("port %d on 127.0.0.1 is in use".formatted(gateway.server.port()), refused);
  }

  @Test
  void start_twoPipelinesWithOneStreamName_isRefused() {
    String refused =
        refusal(
            () ->
                TestGateway.start(
                    pipeline,
                    database,
                    config ->
                        ServerConfig.of(
                            List.of(
                                new ServedPipeline(pipeline, 1),
                                new ServedPipeline(TestPipeline.payments("other"), 1)),
                            TestServers.bootstrapServers(),
                            database)));
    assertTrue(refused.contains("both have a stream 'payments'"));
  }

  @Test
  void start_twoPipelines_serveBoth() {
    CompiledPipeline one = TestPipeline.payments(TestPipeline.newName());
    CompiledPipeline two = TestPipeline.payments(TestPipeline.newName(), "transfers", "_too");
    LoopProcessor first = LoopProcessor.start(one, 1);
    LoopProcessor second = LoopProcessor.start(two, 7);
    try (first;
        second;
        TestGateway both =
            TestGateway.start(
                one,
                TestServers.newDatabase(),
                config ->
                    ServerConfig.of(
                            List.of(new ServedPipeline(one, 1), new ServedPipeline(two, 7)),
                            config.bootstrapServers(),
                            config.database())
                        .withAddress("127.0.0.1", 0))) {
      both.awaitReady();
      String payment = LoopProcessor.payment("p", "c", 1, "2026-01-01T00:00:00Z");
      assertEquals(one.name(), new JsonObject(both.decide(payment).body()).getString("pipeline"));
      HttpResponse<String> transfer = both.post("/v1/streams/transfers/decide", payment);
      assertEquals(7, new JsonObject(transfer.body()).getInteger("version"));
    }
  }

  @Test
  void start_otherPartitionCount_isRefused() {
    String refused =
        refusal(
            () ->
                TestGateway.start(
                    pipeline,
                    database,
                    config -> config.withTopics(TopicSettings.DEFAULT.withPartitions(8))));
    assertTrue(refused.contains("has 4 partitions, 8 were asked for"));
  }

  @Test
  void start_withoutPostgres_saysSo() {
    String refused =
        refusal(
            () ->
                TestGateway.start(
                    pipeline,
                    new DatabaseAddress(
                        "jdbc:postgresql://127.0.0.1:1/x?password=secret", "u", "p")));
    assertTrue(refused.startsWith("PostgreSQL at jdbc:postgresql://127.0.0.1:1/x"));
    assertFalse(refused.contains("secret"));
  }

  @Test
  void close_underWay_takesLessThanTwoSeconds() {
    CompiledPipeline other = TestPipeline.payments(TestPipeline.newName());
    TestGateway second = TestGateway.start(other, TestServers.newDatabase());
    try (LoopProcessor processor = LoopProcessor.start(other, 1)) {
      second.awaitReady();
      processor.pause();
      var waiting = second.decideLater(LoopProcessor.payment("p", "c", 1, "2026-01-01T00:00:00Z"));
      long begin = System.nanoTime();
      second.close();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertTrue(took.toMillis() < 2_000, "took " + took);
      assertTrue(waiting.isDone() || !waiting.isCancelled());
    }
  }

  private static String refusal(Executable start) {
    return String.valueOf(assertThrows(EnvironmentException.class, start).getMessage());
  }

  private String statusLine(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      return String.valueOf(
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine());
    }
  }
}
