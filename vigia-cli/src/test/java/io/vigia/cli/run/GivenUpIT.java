package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More matches of a card have begun than a key can have: it is told, and counted. */
class GivenUpIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 64;
  private static final int TOO_MANY = 6;
  private static final String FILE =
      """
      vigia: 1
      pipeline: cards
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields: {payment_id: string, created_at: timestamp, card: string, amount: decimal}
          decide: {deadline: 10s}
      patterns:
        followed:
          by: card
          within: 1h
          overlap: true
          steps:
            - first: {on: payments}
            - dearer: {on: payments, where: 'event.amount > first.last.amount + 100.0'}
      rules:
        - {id: followed, on: payments, when: 'matched.followed', outcome: block}
      """;

  @TempDir Path folder;

  @Test
  void run_moreMatchesThanAKeyCanHave_areToldInDecisionsAndCounted() throws Exception {
    Path file = Files.writeString(folder.resolve("pipeline.yaml"), FILE);
    try (RunningVigia running =
        RunningVigia.run(folder, file, RunningVigia.freePort()).awaitReady()) {
      for (int i = 1; i <= KEPT + TOO_MANY; i++) {
        JsonNode decision = decide(running, i);
        assertEquals(i > KEPT ? 1 : 0, decision.path("given_up").asInt(), decision.toString());
        assertEquals(decision, stored(running, decision.path("id").asText()));
      }
      assertEquals(TOO_MANY, running.statistic("given_up"));
      assertEquals(KEPT + TOO_MANY, running.statistic("decisions"));
    }
  }

  /** One a second, by event time: all of them within an hour, and none as dear as it takes. */
  private static JsonNode decide(RunningVigia running, int i) throws Exception {
    HttpResponse<String> answer =
        running.post(
            "/v1/streams/payments/decide",
            "{\"payment_id\":\"p%1$d\",\"card\":\"c\",\"amount\":%1$d,\"created_at\":\"2026-01-01T00:%2$02d:%3$02dZ\"}"
                .formatted(i, i / 60, i % 60));
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  /** The decision once it has reached the store, which counts it. */
  private static JsonNode stored(RunningVigia running, String id) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    HttpResponse<String> found = running.get("/v1/decisions/" + id);
    while (found.statusCode() == 404) {
      assertTrue(System.nanoTime() < deadline, "decision " + id + " is not stored");
      TimeUnit.MILLISECONDS.sleep(20);
      found = running.get("/v1/decisions/" + id);
    }
    assertEquals(200, found.statusCode(), found.body());
    return JSON.readTree(found.body());
  }
}
