package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A terminal falls silent while its pipeline runs, and the process dies before it is noticed. */
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

  private RunningVigia run(int port) throws Exception {
    return RunningVigia.start(
        folder,
        port,
        "run",
        folder.resolve("pipeline.yaml").toString(),
        "--data",
        folder.resolve("data").toString(),
        "--partitions",
        "1");
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
