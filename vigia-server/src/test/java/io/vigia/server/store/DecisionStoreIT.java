package io.vigia.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.server.TestDatabases;
import io.vigia.server.topic.HeaderText;
import io.vigia.wire.decision.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch in one transaction of a real PostgreSQL. */
final class DecisionStoreIT {
  private static final String TOPIC = "p.decisions";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final String ID = "0123456789abcdef0123456789abcdef";

  private final Database database = Database.open(TestDatabases.newDatabase());
  private final DecisionStore store =
      new DecisionStore(
          new EffectiveDecisions() {
            @Override
            public void storing(
                Connection connection, List<DecisionRow> decisions, Counter counter) {}

            @Override
            public void stored() {}
          });

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void write_zombieWithAnOldPosition_writesNothing() throws Exception {
    try (Connection zombie = database.connection();
        Connection other = database.connection()) {
      Map<TopicPartition, Long> seen = Positions.read(zombie, List.of(PARTITION));
      assertEquals(Map.of(PARTITION, 0L), seen);
      store.write(other, batch(record(0, ID, "block")), Positions.read(other, List.of(PARTITION)));

      StoreBatch late = batch(record(0, ID, "allow"), record(1, "f".repeat(32), "allow"));
      assertThrows(StalePositionException.class, () -> store.write(zombie, late, seen));
      assertEquals(1, Totals.read(zombie).of("p", Totals.DECISION));
      assertEquals(Map.of("block", 1L), Totals.read(zombie).byName("p", Totals.DECISION));
      assertEquals(Map.of(PARTITION, 1L), Positions.read(zombie, List.of(PARTITION)));
    }
  }

  @Test
  void write_sameIdWithinABatchAndLater_keepsTheFirst() throws Exception {
    try (Connection connection = database.connection()) {
      Map<TopicPartition, Long> start = Positions.read(connection, List.of(PARTITION));
      List<UUID> again =
          store.write(connection, batch(record(0, ID, "block"), record(1, ID, "allow")), start);
      assertEquals(List.of(DecisionIds.of(ID)), again);
      again = store.write(connection, batch(record(2, ID, "review")), Map.of(PARTITION, 2L));
      assertEquals(List.of(DecisionIds.of(ID)), again);
      String stored =
          new String(
              DecisionQueries.find(connection, DecisionIds.of(ID)).orElseThrow().body(),
              StandardCharsets.UTF_8);
      assertEquals(decision(0, ID, "block"), stored, "byte for byte");
      assertEquals(2, Totals.read(connection).of("p", Totals.AGAIN));
    }
  }

  @Test
  void write_failureInTheMiddle_leavesNothing() throws Exception {
    DecisionStore failing =
        new DecisionStore(
            new EffectiveDecisions() {
              @Override
              public void storing(
                  Connection connection, List<DecisionRow> decisions, Counter counter)
                  throws SQLException {
                throw new SQLException("no alerts today");
              }

              @Override
              public void stored() {}
            });
    try (Connection connection = database.connection()) {
      Map<TopicPartition, Long> start = Positions.read(connection, List.of(PARTITION));
      assertThrows(
          SQLException.class,
          () -> failing.write(connection, batch(record(0, ID, "block")), start));
      assertEquals(start, Positions.read(connection, List.of(PARTITION)));
      assertEquals(0, Totals.read(connection).of("p", Totals.DECISION));
      store.write(connection, batch(record(0, ID, "block")), start);
      assertEquals(1, Totals.read(connection).of("p", Totals.DECISION));
    }
  }

  @SafeVarargs
  private static StoreBatch batch(ConsumerRecord<byte[], byte[]>... records) {
    StoreBatch batch = new StoreBatch(Map.of(TOPIC, "p"));
    for (ConsumerRecord<byte[], byte[]> record : records) {
      batch.add(record);
    }
    return batch;
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String id, String outcome) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            TOPIC,
            0,
            offset,
            new byte[0],
            decision(offset, id, outcome).getBytes(StandardCharsets.UTF_8));
    HeaderText.add(record.headers(), RecordHeaders.KIND, "decision");
    return record;
  }

  private static String decision(long offset, String id, String outcome) {
    return """
    {"id":"%s","pipeline":"p","version":1,"stream":"s","key":"k","event_id":"e","time":"2026-01-01T00:00:00Z",\
    "outcome":"%s","score":0,"rules":[],"reasons":[],"features":{},"event":{},"position":{"partition":0,"offset":%d}}\
    """
        .formatted(id, outcome, offset);
  }
}
