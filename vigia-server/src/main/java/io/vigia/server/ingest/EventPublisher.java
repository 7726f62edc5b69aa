package io.vigia.server.ingest;

import io.vigia.core.event.Event;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.server.topic.HeaderText;
import io.vigia.server.topic.KafkaClients;
import io.vigia.server.topic.ReplyAddress;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.RecordKind;
import io.vigia.wire.decision.Tick;
import io.vigia.wire.event.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the log: events, probes, ticks and what was answered in place of a decision.
 *
 * <p><b>Shape.</b> An event's record has the event's key as its key, its JSON as its value, and
 * headers for the envelope and the reply address. Its partition is Kafka's own hash of the key.
 *
 * <p>One publisher never waits and is for event loops; the other waits for room and is for batches.
 */
public final class EventPublisher implements AutoCloseable {
  private static final Duration CLOSE_MAX = Duration.ofMillis(500);
  private static final Duration LOOK_UP_PAUSE = Duration.ofMillis(10);
  private static final int LOOK_UP_ATTEMPTS = 1_000;
  private static final int REQUEST_MS_MAX = 5_000;

  private final KafkaProducer<byte[], byte[]> producer;

  private EventPublisher(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * A publisher that sends at once and never makes the caller wait: where there is no room, sending
   * fails.
   *
   * @param topics are looked up now, so that no later sending has to
   */
  public static EventPublisher prompt(KafkaClients clients, Collection<String> topics) {
    KafkaProducer<byte[], byte[]> producer =
        clients.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "vigia-decide",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                0,
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                (long) Integer.MAX_VALUE,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MS_MAX,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                30_000));
    topics.forEach(topic -> lookUp(producer, topic));
    return new EventPublisher(producer);
  }

  /** Has the producer learn where a topic's partitions are; it never waits, so we do. */
  private static void lookUp(KafkaProducer<byte[], byte[]> producer, String topic) {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.partitionsFor(topic);
        return;
      } catch (TimeoutException e) {
        if (attempt == LOOK_UP_ATTEMPTS) {
          producer.close(CLOSE_MAX);
          throw new EnvironmentException(
              "Kafka does not say where topic '%s' is".formatted(topic),
              "look at the state of Kafka and start again",
              e);
        }
      }
      try {
        Thread.sleep(LOOK_UP_PAUSE.toMillis());
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  /** A publisher that gathers records for some milliseconds and waits for room. */
  public static EventPublisher gathering(KafkaClients clients) {
    return new EventPublisher(
        clients.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "vigia-events",
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MS_MAX,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                15_000)));
  }

  /**
   * Appends an event.
   *
   * @param reply who waits for its decision, or null
   * @param done is told of the acknowledgement or the failure, on the producer's thread
   */
  public void publish(
      StreamEndpoint endpoint,
      Event event,
      byte[] bytes,
      int from,
      int length,
      Envelope envelope,
      @Nullable ReplyAddress reply,
      Callback done) {
    byte[] value =
        from == 0 && length == bytes.length
            ? bytes
            : Arrays.copyOfRange(bytes, from, from + length);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(endpoint.topic(), event.key().getBytes(StandardCharsets.UTF_8), value);
    Headers headers = record.headers();
    if (envelope.eventId() != null) {
      HeaderText.add(headers, RecordHeaders.CE_SPEC_VERSION, Envelope.SPEC_VERSION);
      HeaderText.add(headers, RecordHeaders.CE_ID, envelope.eventId());
      HeaderText.add(headers, RecordHeaders.CE_SOURCE, envelope.source());
      HeaderText.add(headers, RecordHeaders.CE_TYPE, envelope.type());
      Long timeMs = envelope.timeMs();
      if (timeMs != null) {
        HeaderText.add(headers, RecordHeaders.CE_TIME, Instant.ofEpochMilli(timeMs).toString());
      }
    }
    if (reply != null) {
      HeaderText.add(headers, RecordHeaders.REPLY, reply.toString());
    }
    var unused = producer.send(record, done); // the callback is told
  }

  /** Appends a probe to a partition. */
  public void probe(TopicPartition partition, ReplyAddress reply, Callback done) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(partition.topic(), partition.partition(), null, new byte[0]);
    HeaderText.add(record.headers(), RecordHeaders.CONTROL, RecordHeaders.CONTROL_PROBE);
    HeaderText.add(record.headers(), RecordHeaders.REPLY, reply.toString());
    var unused = producer.send(record, done); // the callback is told
  }

  /** Appends a tick to a partition. */
  public void tick(TopicPartition partition, Tick tick, Callback done) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            partition.topic(),
            partition.partition(),
            Tick.KEY.getBytes(StandardCharsets.UTF_8),
            Tick.value());
    HeaderText.add(record.headers(), RecordHeaders.CONTROL, RecordHeaders.CONTROL_TICK);
    HeaderText.add(record.headers(), RecordHeaders.MARK, Long.toString(tick.markMs()));
    HeaderText.add(record.headers(), RecordHeaders.STREAM, tick.stream());
    var unused = producer.send(record, done); // the callback is told
  }

  /** Appends to a decisions topic what was answered in place of a decision. */
  public void answered(String topic, String key, String decisionId, byte[] answer, Callback done) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), answer);
    HeaderText.add(record.headers(), RecordHeaders.KIND, RecordKind.ANSWER.word());
    HeaderText.add(record.headers(), RecordHeaders.ID, decisionId);
    var unused = producer.send(record, done); // the callback is told
  }

  /** The producer, for who appends records of another kind. */
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public void close() {
    producer.close(CLOSE_MAX);
  }
}
