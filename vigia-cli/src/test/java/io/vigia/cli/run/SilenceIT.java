package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.cli.Call;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Terminals and sensors fall silent while their pipeline runs, with and without other events that
 * move time, and the process dies before it is noticed.
 */
class SilenceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE =
      """
      vigia: 1
      pipeline: terminals
      streams:
        heartbeats:
          id: beat_id
          time: sent_at
          key: terminal
          out_of_order: 0s
          fields: {beat_id: string, sent_at: timestamp, terminal: string}
      patterns:
        terminal_silent: {by: terminal, on: heartbeats, absent: 15m}
      rules:
        - id: terminal_down
          on: terminal_silent
          when: 'true'
          outcome: review
          reason: '{{event.terminal}} silent since {{event.last_at}}'
      alerts:
        down: {outcomes: [review], group_by: [terminal], cooldown: 1h}
      """;

  /** What waits: each sensor for the next reading, each order for its payment. */
  private static final String WAITING =
      """
      vigia: 1
      pipeline: waiting
      streams:
        readings:
          id: reading
          time: at
          key: sensor
          out_of_order: 0s
          fields: {reading: string, at: timestamp, sensor: string}
        orders:
          id: order
          time: at
          key: order
          out_of_order: 0s
          fields: {order: string, at: timestamp}
        payments:
          id: order
          time: at
          key: order
          out_of_order: 0s
          fields: {order: string, at: timestamp}
        visits:
          id: visit
          time: at
          key: sensor
          fields: {visit: string, at: timestamp, sensor: string}
      patterns:
        sensor_silent: {by: sensor, on: readings, absent: %1$s}
        order_unpaid:
          by: order
          within: %1$s
          steps:
            - ordered: {on: orders}
            - paid: {on: payments, not: true}
      rules:
        - id: sensor_down
          on: sensor_silent
          when: 'true'
          outcome: review
        - id: unpaid
          on: order_unpaid
          when: 'true'
          outcome: block
      """;

  private static final int KEYS = 6;

  /** Far more than it takes, and less than anything but time itself would take to say it. */
  private static final Duration DELAY_MAX = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void run_killedBeforeASilenceIsOver_decidesItOnceAndRaisesAnAlertForItsTerminal()
      throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), FILE);
    int port = RunningVigia.freePort();
    try (RunningVigia first = run(port).awaitReady()) {
      assertEquals(200, beat(first, "b1", "t1", "10:00"));
      first.kill();
    }
    try (RunningVigia second = run(port).awaitReady()) {
      assertEquals(200, beat(second, "b2", "t2", "10:14"));
      assertEquals(200, beat(second, "b3", "t3", "10:16"));
      JsonNode alert = awaitFirst(second, "/v1/alerts", "alerts");
      assertEquals("t1", alert.path("group").path("terminal").asText(), alert.toString());
      assertEquals("t1 silent since 2026-01-01T10:00:00Z", alert.path("reasons").get(0).asText());
      JsonNode silence = awaitFirst(second, "/v1/decisions/" + alert.path("decision").asText(), "");
      assertEquals("terminal_silent:t1@2026-01-01T10:15:00Z", silence.path("event_id").asText());
      assertEquals(1, alert.path("count").asInt(), alert.toString());
    }
  }

  @Test
  void run_noEventComesAnyMore_decidesSilencesOfAllPartitionsByTimeAlone() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), WAITING.formatted("3s"));
    try (RunningVigia running = run(RunningVigia.freePort(), 3).awaitReady()) {
      List<Instant> sent = sendAll(running);
      Map<String, Instant> seen = awaitSilences(running, sent, Duration.ofSeconds(3));
      assertEquals(2 * KEYS - 1, seen.size(), seen.toString());
      // Time goes on, and nothing more is decided: neither again nor of the order that was paid.
      long readings = running.statistic("events");
      TimeUnit.SECONDS.sleep(1);
      assertEquals(2 * KEYS - 1, silences(running).size());
      assertEquals(readings, running.statistic("events"), "ticks are no events");
      // Long past by the time that ticks have told: it breaks no silence, as the replay knows, and
      // is
      // over at once itself.
      Instant late = sent.get(0).plus(Duration.ofMillis(500));
      sendTo(running, "readings", "{'reading':'late','sensor':'s1','at':'%s'}", late);
      assertVerified(running, 3 * KEYS + 2 + 2 * KEYS);
    }
  }

  @Test
  void run_killedInBetween_decidesSilencesOfAllPartitionsByTimeAlone() throws Exception {
    Files.writeString(folder.resolve("pipeline.yaml"), WAITING.formatted("20s"));
    int port = RunningVigia.freePort();
    List<Instant> sent;
    try (RunningVigia first = run(port, 3).awaitReady()) {
      sent = sendAll(first);
      first.kill();
    }
    try (RunningVigia second = run(port, 3).awaitReady()) {
      assertEquals(Map.of(), silences(second), "too early");
      Map<String, Instant> seen = awaitSilences(second, sent, Duration.ofSeconds(20));
      assertEquals(2 * KEYS - 1, seen.size(), seen.toString());
      assertVerified(second, 3 * KEYS + 1 + 2 * KEYS - 1);
    }
  }

  /** A backtest over the events that were sent gives every decision, those of silences as well. */
  private void assertVerified(RunningVigia running, int decisions) throws Exception {
    List<String> call = new ArrayList<>(List.of("backtest", folder + "/pipeline.yaml", "--json"));
    for (String stream : List.of("readings", "orders", "payments")) {
      call.addAll(List.of("--events", stream + "=" + folder.resolve(stream + ".ndjson")));
    }
    call.addAll(List.of("--verify", running.url(), "--exact"));
    long deadline = System.nanoTime() + DELAY_MAX.toNanos();
    Call verified = Call.vigia(call.toArray(String[]::new));
    // What was decided a moment ago lies behind the time that the gateway knows of.
    while (verified.json().path("verify").path("equal").asInt() < decisions
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
      verified = Call.vigia(call.toArray(String[]::new));
    }
    JsonNode verify = verified.exits(0).json().path("verify");
    assertEquals(decisions, verify.path("equal").asInt(), verify.toString());
    System.out.println("verified: " + verify);
  }

  /** Two readings of each sensor and an order for each, one of which is paid. */
  private List<Instant> sendAll(RunningVigia running) throws Exception {
    List<Instant> sent = new ArrayList<>();
    for (int i = 1; i <= KEYS; i++) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      sent.add(now);
      sendTo(running, "readings", "{'reading':'a%d','sensor':'s%d','at':'%s'}", i, i, now);
      sendTo(running, "readings", "{'reading':'b%d','sensor':'s%d','at':'%s'}", i, i, now);
      sendTo(running, "orders", "{'order':'o%d','at':'%s'}", i, now);
    }
    sendTo(running, "payments", "{'order':'o1','at':'%s'}", Instant.now());
    return sent;
  }

  /** Sends an event, and keeps it in the file of its stream. */
  private void sendTo(RunningVigia running, String stream, String json, Object... values)
      throws Exception {
    String event = json.formatted(values).replace('\'', '"');
    Files.writeString(
        folder.resolve(stream + ".ndjson"),
        event + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    HttpResponse<String> answer = running.post("/v1/streams/" + stream + "/decide", event);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** When each silence was first seen; prints how long after its time. */
  private static Map<String, Instant> awaitSilences(
      RunningVigia running, List<Instant> sent, Duration wait) throws Exception {
    Instant last = sent.get(sent.size() - 1).plus(wait);
    Map<String, Instant> seen = new TreeMap<>();
    List<Long> delays = new ArrayList<>();
    while (seen.size() < 2 * KEYS - 1) {
      Map<String, Instant> found = silences(running);
      Instant now = Instant.now();
      assertTrue(now.isBefore(last.plus(DELAY_MAX)), () -> "silences: got " + found);
      found.keySet().removeAll(seen.keySet());
      found.forEach(
          (id, due) -> {
            assertTrue(!now.isBefore(due), id + " too early, at " + now);
            delays.add(Duration.between(due, now).toMillis());
            seen.put(id, now);
          });
      TimeUnit.MILLISECONDS.sleep(5);
    }
    delays.sort(null);
    System.out.println(
        "silences decided after their time, in ms until they could be asked for: " + delays);
    return seen;
  }

  /** The decided silences by their event id, with their times. */
  private static Map<String, Instant> silences(RunningVigia running) throws Exception {
    Map<String, Instant> found = new TreeMap<>();
    for (String stream : List.of("sensor_silent", "order_unpaid")) {
      String path = "/v1/decisions?limit=100&stream=" + stream;
      for (JsonNode each : JSON.readTree(running.get(path).body()).path("decisions")) {
        String id = each.path("event_id").asText();
        assertEquals(1, each.path("rules").size(), each.toString());
        found.put(id, Instant.parse(id.substring(id.indexOf('@') + 1)));
      }
    }
    return found;
  }

  private RunningVigia run(int port) throws Exception {
    return run(port, 1);
  }

  private RunningVigia run(int port, int partitions) throws Exception {
    return RunningVigia.run(
        folder,
        folder.resolve("pipeline.yaml"),
        port,
        "--partitions",
        Integer.toString(partitions));
  }

  private static int beat(RunningVigia running, String id, String terminal, String at)
      throws Exception {
    String event =
        "{\"beat_id\":\"%s\",\"terminal\":\"%s\",\"sent_at\":\"2026-01-01T%s:00Z\"}"
            .formatted(id, terminal, at);
    return running.post("/v1/streams/heartbeats/decide", event).statusCode();
  }

  private static JsonNode awaitFirst(RunningVigia running, String path, String list)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      JsonNode found = JSON.readTree(running.get(path).body());
      JsonNode first = list.isEmpty() ? found : found.path(list).path(0);
      if (!first.isMissingNode()) {
        return first;
      }
      assertTrue(System.nanoTime() < deadline, path + ": got " + found);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
