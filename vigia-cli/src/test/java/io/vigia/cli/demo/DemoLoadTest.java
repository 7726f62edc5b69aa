package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.wire.event.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoLoadTest {
  private static final DemoSettings SHORT =
      DemoSettings.DEFAULT.withRate(100).withHistory(3_000).withLength(Duration.ofMillis(2_500));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final DemoScreen screen =
      new DemoScreen(new Terminal(out, err, Terminal.Style.PLAIN), false);
  private DecidingGateway server;

  @BeforeEach
  void start() throws IOException {
    server = new DecidingGateway(Example.compiled("fraud"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void run_aShortDemo_isSummedUp() throws Exception {
    DemoSummary summary = load(SHORT).run(new Gateway(server.address()), screen);
    Pace pace = new Pace(SHORT.rate(), SHORT.rampUp());
    long due = 0;
    while (pace.nanosOf(due) < 2_500_000_000L) {
      due++;
    }
    assertEquals(due, summary.payments());
    assertEquals(3_000, summary.history());
    assertEquals(due + 3_000, summary.server().events());
    assertEquals(due + 3_000, summary.server().decisions());
    assertEquals(0, summary.server().alerts(), "those of before do not count");
    assertEquals(0, summary.fallbacks());
    assertEquals(Map.of(), summary.errors());
    assertNotNull(summary.firstDecision());
    assertTrue(summary.p50Ms() > 0 && summary.p50Ms() <= summary.p99Ms());
    assertTrue(summary.p99Ms() <= summary.maxMs());
  }

  @Test
  void run_aShortDemo_showsWhereToLookAndWhatToTry() throws Exception {
    DemoSummary summary = load(SHORT).run(new Gateway(server.address()), screen);
    String shown = out.toString(StandardCharsets.UTF_8);
    List<String> curls = shown.lines().filter(line -> line.startsWith("curl ")).toList();
    assertEquals(2, curls.size(), shown);
    assertTrue(shown.contains(server.address() + "/"), shown);
    assertTrue(shown.contains(summary.payments() + " in "), shown);
    assertTrue(shown.contains("card testing"), shown);
  }

  @Test
  void run_withAGatewayInTrouble_countsWhatCameInstead() throws Exception {
    server.fallBackOn(n -> n % 5 == 0);
    server.refuse(n -> n % 7 == 1);
    DemoSummary summary = load(SHORT).run(new Gateway(server.address()), screen);
    long refused = summary.errors().getOrDefault("status 429", 0L);
    assertEquals((summary.payments() + 6) / 7, refused);
    assertTrue(summary.fallbacks() >= summary.payments() / 5 - summary.payments() / 35 - 1);
    long judged = summary.frauds().values().stream().mapToLong(DemoSummary.Fraud::payments).sum();
    assertEquals(summary.payments(), judged + summary.good());
  }

  @Test
  void run_onDataOfAnEarlierDemo_playsAShortHistoryAndCountsItsOwn() throws Exception {
    load(SHORT).run(new Gateway(server.address()), screen);
    DemoLoad second = new DemoLoad(SHORT, Instant.now().plusSeconds(5), InstantSource.system());
    DemoSummary summary = second.run(new Gateway(server.address()), screen);
    assertEquals(1_000, summary.history());
    assertEquals(summary.payments() + 1_000, summary.server().decisions());
  }

  @Test
  void stop_whilePlaying_endsSoonWithASummary() throws Exception {
    DemoLoad load = load(SHORT.withLength(null));
    Thread stopper =
        new Thread(
            () -> {
              try {
                Thread.sleep(1_500);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              load.stop();
            });
    stopper.start();
    long from = System.nanoTime();
    DemoSummary summary = load.run(new Gateway(server.address()), screen);
    stopper.join();
    assertTrue(System.nanoTime() - from < 10_000_000_000L);
    assertTrue(summary.payments() >= 0);
  }

  @Test
  void run_withoutAGateway_saysSo() {
    server.close();
    DemoLoad load = load(SHORT);
    assertThrows(EnvironmentException.class, () -> load.run(new Gateway(server.address()), screen));
    assertThrows(
        EnvironmentException.class,
        () -> load.run(new Gateway(Address.of("http://127.0.0.1:1")), screen));
  }

  @Test
  void write_theSummary_isOneObjectWithThePromisedKeys() throws Exception {
    DemoSummary summary = load(SHORT).run(new Gateway(server.address()), screen);
    JsonNode json = new ObjectMapper().readTree(new JsonBytes().write(summary::write));
    for (String key :
        List.of(
            "events",
            "decisions",
            "by_outcome",
            "fallbacks",
            "duplicates",
            "alerts",
            "first_decision_s",
            "p50_ms",
            "p99_ms",
            "frauds",
            "false_positives")) {
      assertTrue(json.has(key), key + " in " + json);
    }
    for (FraudKind kind : FraudKind.values()) {
      assertTrue(json.path("frauds").path(kind.word()).has("episodes"), json::toString);
      assertTrue(json.path("frauds").path(kind.word()).has("detected"), json::toString);
    }
  }

  private static DemoLoad load(DemoSettings settings) {
    return new DemoLoad(settings, Instant.now(), InstantSource.system());
  }
}
