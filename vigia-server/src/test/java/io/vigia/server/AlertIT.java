package io.vigia.server;

import static io.vigia.server.LoopProcessor.payment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Alerts from the decision to the rows, the topic and the lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AlertIT {
  /** What stands behind the cooldown of the test pipeline's alert. */
  private static final String ENDS =
      """
          resolve_when: 'event.amount < 1.0'
        quiet:
          outcomes: [review]
          group_by: [card]
          cooldown: 30m
          resolve_after: 2s
          repeat: 500ms
      """;

  private final CompiledPipeline pipeline =
      TestPipeline.compile(
          (TestPipeline.PAYMENTS + ENDS)
              .formatted(TestPipeline.newName(), "payments", "", "", "payments", "payments"));
  private final DatabaseAddress database = TestServers.newDatabase();
  private TestGateway gateway;
  private LoopProcessor processor;

  @BeforeAll
  void start() {
    gateway = TestGateway.start(pipeline, database);
    processor = LoopProcessor.start(pipeline, 1);
    gateway.awaitReady();
  }

  @AfterAll
  void stop() {
    gateway.close();
    processor.close();
  }

  @Test
  void alert_withinTheCooldown_foldsIntoTheRaisedOne() {
    String raised = block("a1", "ca", "12:00:00");
    block("a2", "ca", "12:10:00");
    block("a3", "ca", "12:29:59");
    gateway.decide(payment("a4", "ca", 5, "2026-01-01T12:20:00Z"));
    Await.until("three in one", () -> counts("ca").equals(List.of(3L)));
    JsonObject alert = alerts("ca").get(0);
    assertEquals("desk", alert.getString("alert"));
    assertEquals("{\"card\":\"ca\"}", alert.getJsonObject("group").encode());
    assertEquals("block", alert.getString("outcome"));
    assertEquals("2026-01-01T12:00:00Z", alert.getString("time"));
    assertEquals(raised, alert.getString("decision"));
    assertEquals("amount 900", alert.getJsonArray("reasons").getString(0));
  }

  @Test
  void alert_afterTheCooldown_isRaisedAnew() {
    block("b1", "cb", "12:00:00");
    block("b2", "cb", "12:30:00");
    Await.until("two alerts", () -> counts("cb").equals(List.of(1L, 1L)));
    block("b3", "cb", "12:31:00");
    Await.until("the newer to grow", () -> counts("cb").equals(List.of(2L, 1L)));
  }

  @Test
  void alert_olderEventLate_foldsOrStandsAlone() {
    block("d1", "cd", "12:00:00");
    block("d2", "cd", "11:45:00");
    Await.until("the late one to fold", () -> counts("cd").equals(List.of(2L)));
    block("d3", "cd", "10:00:00");
    Await.until("the much older to stand alone", () -> counts("cd").equals(List.of(2L, 1L)));
  }

  @Test
  void alert_otherGroup_isRaisedApart() {
    block("e1", "ce1", "12:00:00");
    block("e2", "ce2", "12:00:00");
    Await.until(
        "an alert each",
        () -> counts("ce1").equals(List.of(1L)) && counts("ce2").equals(List.of(1L)));
    assertTrue(
        gateway.json("/v1/alerts?alert=desk&outcome=block").getJsonArray("alerts").size() >= 2);
    assertEquals(0, gateway.json("/v1/alerts?alert=other").getJsonArray("alerts").size());
  }

  @Test
  void alert_raised_isPublishedToItsTopicUnderItsGroup() {
    block("f1", "cf", "12:00:00");
    block("f2", "cf", "12:01:00");
    Await.until("two in one", () -> counts("cf").equals(List.of(2L)));
    String topic = pipeline.name() + ".alerts";
    List<JsonObject> published = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaClients(TestServers.bootstrapServers(), Map.of()).consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Await.until(
          "the alert on its topic",
          () -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
              if (new String(record.key(), StandardCharsets.UTF_8).equals("{\"card\":\"cf\"}")) {
                published.add(new JsonObject(new String(record.value(), StandardCharsets.UTF_8)));
              }
            }
            return !published.isEmpty();
          });
    }
    assertEquals(1, published.size());
    assertEquals(alerts("cf").get(0).getString("id"), published.get(0).getString("id"));
  }

  @Test
  void alert_laterEventThatResolves_isOverAndTheNextIsRaised() {
    block("g1", "cg", "12:00:00");
    Await.until("an alert", () -> counts("cg").equals(List.of(1L)));
    gateway.decide(payment("g2", "cg", "0.5", "2026-01-01T11:59:59Z"));
    gateway.decide(payment("g3", "cother", "0.5", "2026-01-01T12:05:00Z"));
    block("g4", "cg", "12:01:00");
    Await.until("it to grow: neither was its end", () -> counts("cg").equals(List.of(2L)));
    String by =
        new JsonObject(gateway.decide(payment("g5", "cg", "0.5", "2026-01-01T12:05:00Z")).body())
            .getString("id");
    Await.until("its end", () -> by.equals(alerts("cg").get(0).getString("resolved_by")));
    block("g6", "cg", "12:04:00");
    block("g7", "cg", "12:06:00");
    Await.until("the next", () -> counts("cg").equals(List.of(1L, 3L)));
    assertEquals(null, alerts("cg").get(0).getString("resolved_at"));
    Await.until(
        "both on the topic, and the end",
        () ->
            notices("cg").stream()
                .map(notice -> notice.getString("resolved_at") != null)
                .sorted()
                .toList()
                .equals(List.of(false, false, true)));
  }

  @Test
  void alert_noFurtherDecision_isSaidAgainAndEndsByItself() {
    gateway.decide(payment("h1", "ch", 200, "2026-01-01T12:00:00Z"));
    Await.until(
        "its end by quiet",
        () -> !alerts("ch").isEmpty() && alerts("ch").get(0).getString("resolved_at") != null);
    assertEquals(null, alerts("ch").get(0).getString("resolved_by"));
    assertEquals("quiet", alerts("ch").get(0).getString("alert"));
    Await.until(
        "raised, said again and ended, each once",
        () -> {
          List<JsonObject> notices = notices("ch");
          return notices.size() >= 2
              && notices.get(notices.size() - 1).getString("resolved_at") != null
              && notices.size() == notices.stream().distinct().count();
        });
  }

  /** What the alerts' topic has of a card. */
  private List<JsonObject> notices(String card) {
    String topic = pipeline.name() + ".alerts";
    List<JsonObject> notices = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaClients(TestServers.bootstrapServers(), Map.of()).consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (new String(record.key(), StandardCharsets.UTF_8)
              .equals("{\"card\":\"" + card + "\"}")) {
            notices.add(new JsonObject(new String(record.value(), StandardCharsets.UTF_8)));
          }
        }
      }
    }
    return notices;
  }

  private String block(String id, String card, String time) {
    String body = gateway.decide(payment(id, card, 900, "2026-01-01T" + time + "Z")).body();
    return new JsonObject(body).getString("id");
  }

  private List<Long> counts(String card) {
    return alerts(card).stream().map(alert -> alert.getLong("count")).toList();
  }

  private List<JsonObject> alerts(String card) {
    List<JsonObject> alerts = new ArrayList<>();
    for (Object each : gateway.json("/v1/alerts?limit=100").getJsonArray("alerts")) {
      JsonObject alert = (JsonObject) each;
      if (alert.getJsonObject("group").getString("card").equals(card)) {
        alerts.add(alert);
      }
    }
    return alerts;
  }
}
