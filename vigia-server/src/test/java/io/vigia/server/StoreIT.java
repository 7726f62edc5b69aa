package io.vigia.server;

import static io.vigia.server.LoopProcessor.payment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.HeaderText;
import io.vigia.server.topic.KafkaClients;
import io.vigia.wire.decision.RecordHeaders;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions on their way from the log into PostgreSQL. */
final class StoreIT {
  private static final String TIME = "2026-01-01T00:00:00Z";

  private final CompiledPipeline pipeline = TestPipeline.payments(TestPipeline.newName());
  private final DatabaseAddress database = TestServers.newDatabase();
  private final String topic = pipeline.name() + ".decisions";
  private TestGateway gateway;
  private LoopProcessor processor;

  @BeforeEach
  void start() {
    gateway = TestGateway.start(pipeline, database);
    processor = LoopProcessor.start(pipeline, 1);
    gateway.awaitReady();
  }

  @AfterEach
  void stop() {
    gateway.close();
    processor.close();
  }

  @Test
  void store_decisionEmittedTwice_keepsTheFirst() throws Exception {
    processor.emitTwice();
    String payment = payment("p1", "c1", 900, TIME);
    JsonObject answered = new JsonObject(gateway.decide(payment).body());
    assertEquals(1, answered.getInteger("version"));
    Await.until("both to pass the store", () -> gateway.server.statistics().get(0).again() == 1);
    assertEquals(1, count("select count(*) from decisions"));
    JsonObject stored = gateway.json("/v1/decisions/" + answered.getString("id"));
    assertEquals(1, stored.getInteger("version"));
    assertEquals(answered, new JsonObject(gateway.decide(payment).body()));
    assertEquals(1, count("select count from alerts"), "alerts hear of the effective one alone");
  }

  @Test
  void store_processorWithoutStateDecidesAllAgain_keepsTheFirst() throws Exception {
    String payment = payment("p1", "c1", 900, TIME);
    String first = gateway.decide(payment).body();
    gateway.decide(payment("p2", "c1", 950, TIME));
    Await.until("the store", () -> count("select count(*) from decisions") == 2);
    processor.close();
    gateway.server.forgetRecent();
    processor = LoopProcessor.start(pipeline, 2);
    Await.until("all to be decided again", () -> gateway.server.statistics().get(0).again() == 2);
    assertEquals(2, count("select count(*) from decisions where version = 1"));
    assertEquals(1, count("select count(*) from alerts"));
    assertEquals(2, count("select sum(count) from alerts"));
    Await.until(
        "the first decision to be answered again",
        () -> gateway.decide(payment).body().equals(first));
  }

  @Test
  void store_positionMovedByAnother_asksAndGoesOnFromThere() throws Exception {
    gateway.decide(payment("p1", "c1", 900, TIME));
    Await.until("the store", () -> count("select count(*) from decisions") == 1);
    execute("update positions set next_offset = 0");
    gateway.decide(payment("p2", "c1", 900, TIME));
    Await.until("the second", () -> count("select count(*) from decisions") == 2);
    assertEquals(1, gateway.server.statistics().get(0).again(), "the first came again");
    assertEquals(2, gateway.server.statistics().get(0).decisions());
    assertEquals(2, count("select count from alerts"));
  }

  @Test
  void store_postgresAwayAndBack_decisionsGoOnAndAreStoredLater() throws Exception {
    gateway.decide(payment("p1", "c1", 900, TIME));
    Await.until("the store", () -> count("select count(*) from decisions") == 1);
    TestServers.shut(database);
    try {
      for (int i = 2; i <= 20; i++) {
        HttpResponse<String> response = gateway.decide(payment("p" + i, "c1", 900, TIME));
        assertEquals(200, response.statusCode());
        assertFalse(response.body().contains("fallback"), response.body());
      }
      Await.until("the loss to be noticed", () -> !gateway.server.storeStatus().connected());
      assertEquals(200, gateway.get("/readyz").statusCode(), "decisions are answered");
      assertTrue(gateway.get("/readyz").body().contains("\"name\":\"store\",\"healthy\":false"));
      HttpResponse<String> list = gateway.get("/v1/decisions");
      assertEquals(503, list.statusCode());
      assertFalse(list.body().contains("jdbc"), list.body());
      assertEquals(
          200,
          gateway.decide(payment("p2", "c1", 900, TIME)).statusCode(),
          "a recent decision is repeated from memory");
    } finally {
      TestServers.open(database);
    }
    Await.until("all to be stored", () -> count("select count(*) from decisions") == 20);
    assertEquals(20, count("select count from alerts"));
    Await.until("the store to be well", () -> gateway.server.storeStatus().connected());
  }

  @Test
  void store_recordsThatAreNoDecisions_areKeptApartAndCounted() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaClients(TestServers.bootstrapServers(), Map.of()).producer(Map.of())) {
      producer.send(record("decision", "no json")).get();
      producer.send(record("decision", "{\"id\":\"x\"}")).get();
      producer.send(record("nonsense", "{}")).get();
      producer.send(record(null, "{}")).get();
    }
    gateway.decide(payment("p1", "c1", 1, TIME));
    Await.until("the store", () -> count("select count(*) from decisions") == 1);
    Await.until("the others", () -> gateway.server.statistics().get(0).unstored() == 4);
    assertEquals(4, count("select count(*) from unstored where topic = '" + topic + "'"));
  }

  @Test
  void store_decisionThatPostgresRefuses_holdsNothingUp() throws Exception {
    String good = gateway.decide(payment("p1", "c1", 1, TIME)).body();
    String bad =
        good.replace("\"event_id\":\"p1\"", "\"event_id\":\"p\\u0000\"")
            .replaceFirst("\"id\":\"[0-9a-f]{32}\"", "\"id\":\"" + "a".repeat(32) + "\"");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaClients(TestServers.bootstrapServers(), Map.of()).producer(Map.of())) {
      producer.send(record("decision", bad)).get();
    }
    gateway.decide(payment("p2", "c1", 1, TIME));
    Await.until("the good ones", () -> count("select count(*) from decisions") == 2);
    Await.until("the bad one", () -> count("select count(*) from unstored") == 1);
  }

  @Test
  void store_gatewayRestarted_goesOnWhereItWas() throws Exception {
    gateway.decide(payment("p1", "c1", 900, TIME));
    gateway.close();
    String late = payment("p2", "c1", 900, TIME);
    gateway = TestGateway.start(pipeline, database).awaitReady();
    String answered = gateway.decide(late).body();
    Await.until("both", () -> count("select count(*) from decisions") == 2);
    assertEquals(0, gateway.server.statistics().get(0).again());
    JsonObject first = new JsonObject(gateway.decide(payment("p1", "c1", 900, TIME)).body());
    assertEquals("block", first.getString("outcome"), "from the store");
    assertEquals(answered, gateway.decide(late).body());
  }

  private ProducerRecord<byte[], byte[]> record(@Nullable String kind, String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, LoopProcessor.utf8("c1"), LoopProcessor.utf8(value));
    HeaderText.add(record.headers(), RecordHeaders.KIND, kind);
    return record;
  }

  private long count(String query) throws SQLException {
    try (Connection connection = TestServers.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestServers.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
