package io.vigia.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import io.vigia.server.topic.HeaderText;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Ticks as they lie in the log. */
final class TicksIT {
  private static final String FILE =
      """
      vigia: 1
      pipeline: %1$s
      streams:
        payments:
          id: payment_id
          time: created_at
          key: card
          fields: {payment_id: string, created_at: timestamp, card: string, amount: decimal}
        beats:
          id: beat_id
          time: sent_at
          key: terminal
          topic: %1$s-beats
          fields: {beat_id: string, sent_at: timestamp, terminal: string}
      patterns:
        silent: {by: terminal, on: beats, absent: 15m}
      rules:
        - {id: down, on: silent, when: 'true', outcome: review}
      """;

  private static final Instant OLD = Instant.parse("2011-01-01T10:00:00Z");
  private static final long PERIOD_MS = 300;

  /** An event of 2011, with a producer's own time of 2011, in a topic that others have made. */
  @Test
  void twoGateways_silentTopicOfOthers_tellTheTimeOfItsEventsAndLittleMoreThanOne()
      throws Exception {
    String name = TestPipeline.newName();
    CompiledPipeline pipeline = TestPipeline.compile(FILE.formatted(name));
    DatabaseAddress database = TestServers.newDatabase();
    String topic = name + "-beats";
    makeTopic(topic);
    LoopProcessor processor = LoopProcessor.start(pipeline, 1);
    TestGateway one = TestGateway.start(pipeline, database);
    TestGateway two = TestGateway.start(pipeline, database);
    try (processor;
        one;
        two) {
      one.awaitReady();
      two.awaitReady();
      beat(topic);
      Await.until("some ticks", () -> ticks(topic, 0).size() >= 12 && ticks(topic, 1).size() >= 12);
      for (int partition = 0; partition < 2; partition++) {
        List<ConsumerRecord<byte[], byte[]>> ticks = ticks(topic, partition);
        long first = ticks.get(0).timestamp();
        long lastedMs = ticks.get(ticks.size() - 1).timestamp() - first;
        assertTrue(
            ticks.size() <= 2 * (lastedMs / PERIOD_MS + 2), ticks.size() + " in " + lastedMs);
        for (ConsumerRecord<byte[], byte[]> tick : ticks) {
          assertEquals(name + ".beats", header(tick, RecordHeaders.STREAM));
          assertEquals(Tick.KEY, new String(tick.key(), StandardCharsets.UTF_8));
          long passedMs = mark(tick) - OLD.toEpochMilli();
          assertTrue(passedMs >= 0 && passedMs < 120_000, "a jump: " + passedMs);
        }
      }
      assertEquals(List.of(), ticks(name + ".payments", 0), "nothing listens there");
      assertTrue(one.get("/readyz").body().contains("time " + name), one.get("/readyz").body());
      Await.until("the ticks to come back", () -> one.server.statistics().get(0).events() == 1);
    }
  }

  private static void makeTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 2, (short) 1)
                      .configs(Map.of("message.timestamp.type", "CreateTime"))))
          .all()
          .get();
    }
  }

  private static void beat(String topic) throws Exception {
    String beat = "{\"beat_id\":\"b1\",\"terminal\":\"t1\",\"sent_at\":\"%s\"}".formatted(OLD);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  0,
                  OLD.toEpochMilli(),
                  "t1".getBytes(StandardCharsets.UTF_8),
                  beat.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  /** The ticks of a partition that there are now. */
  private static List<ConsumerRecord<byte[], byte[]>> ticks(String topic, int partition) {
    List<ConsumerRecord<byte[], byte[]>> ticks = new ArrayList<>();
    TopicPartition at = new TopicPartition(topic, partition);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(at));
      consumer.seekToBeginning(List.of(at));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(at)).get(at));
      while (consumer.position(at) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (RecordHeaders.CONTROL_TICK.equals(
              HeaderText.of(record.headers(), RecordHeaders.CONTROL))) {
            ticks.add(record);
          }
        }
      }
    }
    return ticks;
  }

  private static long mark(ConsumerRecord<byte[], byte[]> tick) {
    return Long.parseLong(header(tick, RecordHeaders.MARK));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Objects.requireNonNull(HeaderText.of(record.headers(), name));
  }
}
