package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.Call;
import io.vigia.cli.demo.PaymentFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the fraud example as a user does, and kills it without mercy while events are sent. */
class RunKillIT {
  private static final Path PIPELINE = Path.of("..", "examples", "fraud", "pipeline.yaml");
  private static final int PAYMENTS = 20_000;
  private static final int KILLS = 3;

  @TempDir Path folder;

  @Test
  void run_killedThreeTimesDuringLoad_decidesEveryEventOnceAndAsTheReplay() throws Exception {
    Path payments = folder.resolve("payments.ndjson");
    PaymentFile.write(payments, PAYMENTS, 200, 7, Instant.now());
    int port = RunningVigia.freePort();
    RunningVigia running = run(port).awaitReady();
    CompletableFuture<Call> sending = running.sending("payments", payments);
    try {
      for (int i = 0; i < KILLS; i++) {
        awaitEvents(running, (i + 1) * PAYMENTS / (KILLS + 2));
        running.kill();
        running = run(port).awaitReady();
      }
      JsonNode sent = sending.get(2, TimeUnit.MINUTES).exits(0).json();
      assertEquals(PAYMENTS, sent.path("sent").asInt(), sent.toString());

      running.assertDecidedAsReplayed(
          PAYMENTS, PIPELINE, "--events", "payments=" + payments, "--exact");
    } finally {
      running.close();
    }
  }

  private RunningVigia run(int port) throws Exception {
    return RunningVigia.run(folder, PIPELINE, port, "--partitions", "1");
  }

  private static void awaitEvents(RunningVigia running, int count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (running.statistic("events") < count) {
      assertTrue(System.nanoTime() < deadline, "the events do not come in");
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void run_restartedWithOtherRulesAndOtherFeatures_goesOnOrStartsAnew() throws Exception {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, pipeline("card_count_1h", "1h", 2));
    int port = RunningVigia.freePort();
    try (RunningVigia first = runFile(file, port).awaitReady()) {
      assertEquals("allow", outcome(first, "p1"));
      first.kill();
    }
    // Another threshold: the state goes on, so this is the second payment within the hour.
    Files.writeString(file, pipeline("card_count_1h", "1h", 1));
    try (RunningVigia second = runFile(file, port).awaitReady()) {
      HttpResponse<String> answer = decide(second, "p2");
      assertTrue(answer.body().contains("\"outcome\":\"block\""), answer.body());
      assertTrue(answer.body().contains("\"version\":2"), answer.body());
      assertTrue(second.terminate().toMillis() < 10_000, "SIGTERM");
    }
    // Another feature: it starts without state from the earliest event and has seen both.
    Files.writeString(file, pipeline("card_count_2h", "2h", 2));
    try (RunningVigia third = runFile(file, port).awaitReady()) {
      HttpResponse<String> answer = decide(third, "p3");
      assertTrue(answer.body().contains("\"card_count_2h\":3"), answer.body());
      String again = decide(third, "p2").body();
      assertTrue(again.contains("\"version\":2"), "the first decision stands: " + again);
    }
  }

  @Test
  void run_secondOnTheSameFolder_isRefusedInOneLine() throws Exception {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, pipeline("card_count_1h", "1h", 2));
    try (RunningVigia first = runFile(file, RunningVigia.freePort()).awaitReady();
        RunningVigia second = runFile(file, RunningVigia.freePort())) {
      assertEquals(2, second.exitCode());
      assertTrue(second.output().contains("in use"), second.output());
      assertEquals(-1, second.output().indexOf("\tat "), second.output());
      assertEquals(200, first.get("/healthz").statusCode());
    }
  }

  @Test
  void run_portInUse_isToldInOneLine() throws Exception {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, pipeline("card_count_1h", "1h", 2));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningVigia running = runFile(file, taken.getLocalPort())) {
      assertEquals(2, running.exitCode());
      assertTrue(
          running.output().contains(Integer.toString(taken.getLocalPort())), running.output());
      assertEquals(-1, running.output().indexOf("\tat "), running.output());
    }
  }

  private RunningVigia runFile(Path file, int port) throws Exception {
    return RunningVigia.run(folder, file, port);
  }

  private static String outcome(RunningVigia running, String id) throws Exception {
    return decide(running, id).body().replaceFirst("(?s).*\"outcome\":\"([a-z]+)\".*", "$1");
  }

  private static HttpResponse<String> decide(RunningVigia running, String id) throws Exception {
    HttpResponse<String> answer =
        running.post(
            "/v1/streams/payments/decide",
            "{\"payment_id\":\"%s\",\"created_at\":\"2026-01-01T00:00:00Z\",\"card\":\"c1\"}"
                .formatted(id));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer;
  }

  private static String pipeline(String feature, String over, int most) {
    return """
        vigia: 1
        pipeline: counting
        streams:
          payments:
            id: payment_id
            time: created_at
            key: card
            fields: {payment_id: string, created_at: timestamp, card: string}
            decide: {deadline: 10s}
        features:
          %1$s: {on: payments, by: card, count: true, over: %2$s}
        rules:
          - id: many
            on: payments
            when: '%1$s > %3$d'
            outcome: block
        """
        .formatted(feature, over, most);
  }
}
