package io.vigia.server;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.server.topic.HeaderText;
import io.vigia.wire.decision.DecisionJson;
import io.vigia.wire.decision.KnownEvent;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.RecordKind;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.event.JsonBytes;
import io.vigia.wire.event.ProblemJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Decides events as the processor does, without engine and without state that survives: the
 * pipeline's rules over the event alone, repetitions and conflicts by id, probes echoed.
 *
 * <p>It begins at the start of the log, as a processor does that has lost its state.
 */
final class LoopProcessor implements AutoCloseable {
  private final CompiledPipeline pipeline;
  private final int version;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, StreamSchema> streams = new HashMap<>();
  private final Map<String, EventDecoder> decoders = new HashMap<>();
  private final Map<String, Long> known = new HashMap<>();
  private final DecisionJson json = new DecisionJson();
  private final JsonBytes bytes = new JsonBytes();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean paused;
  private volatile boolean pausing;
  private volatile boolean twice;
  private volatile boolean refusing;

  LoopProcessor(CompiledPipeline pipeline, int version) {
    this.pipeline = pipeline;
    this.version = version;
    String servers = TestServers.bootstrapServers();
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (StreamSchema stream : pipeline.streams()) {
      streams.put(pipeline.topicOf(stream), stream);
      decoders.put(pipeline.topicOf(stream), new EventDecoder(stream));
    }
    this.thread = new Thread(this::run, "processor-" + pipeline.name());
    this.thread.setDaemon(true);
  }

  /** Starts it once the topics are there. */
  static LoopProcessor start(CompiledPipeline pipeline, int version) {
    LoopProcessor processor = new LoopProcessor(pipeline, version);
    processor.thread.start();
    return processor;
  }

  /** Reads nothing until {@link #resume}. */
  void pause() {
    paused = true;
    Await.until("the processor to pause", () -> pausing);
  }

  void resume() {
    paused = false;
    Await.until("the processor to go on", () -> !pausing);
  }

  /** From now on each decision is emitted twice, the second time with another version. */
  void emitTwice() {
    twice = true;
  }

  /** From now on every event is refused as too old. */
  void refuse() {
    refusing = true;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer;
        producer) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : streams.keySet()) {
        Await.until(
            "topic " + topic,
            () -> !consumer.partitionsFor(topic, Duration.ofSeconds(1)).isEmpty());
        consumer
            .partitionsFor(topic)
            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        if (paused) {
          consumer.pause(partitions);
          pausing = true;
        } else {
          pausing = false;
          consumer.resume(partitions);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
          process(record);
        }
      }
    } catch (WakeupException e) {
      // closed
    }
  }

  private void process(ConsumerRecord<byte[], byte[]> record) {
    if (HeaderText.of(record.headers(), RecordHeaders.CONTROL) != null) {
      emit(record, RecordKind.PROBE, null, new byte[0]);
      return;
    }
    Problems problems = new Problems();
    Event event = decode(record, problems);
    if (refusing) {
      problems.add(
          io.vigia.core.problem.ProblemCode.EVENT_TIME,
          io.vigia.core.problem.Place.of("stream"),
          "too old");
    }
    if (event == null || problems.hasErrors()) {
      emit(record, RecordKind.REFUSED, null, ProblemJson.encode(problems.sorted(), bytes));
      return;
    }
    var row = pipeline.row(event, version, null);
    String id = pipeline.idOf(row.event()).toString();
    Long before = known.putIfAbsent(id, event.contentHash());
    if (before != null) {
      RecordKind kind = before == event.contentHash() ? RecordKind.REPEAT : RecordKind.CONFLICT;
      emit(record, kind, id, new KnownEvent(id, event.id(), event.stream().name()).encode(bytes));
      return;
    }
    emit(record, RecordKind.DECISION, id, json.encode(pipeline.decide(row)));
    if (twice) {
      var second = pipeline.row(event, version + 1, null);
      emit(record, RecordKind.DECISION, id, json.encode(pipeline.decide(second)));
    }
  }

  private @Nullable Event decode(ConsumerRecord<byte[], byte[]> record, Problems problems) {
    EventDecoder decoder = decoders.get(record.topic());
    if (decoder == null) {
      throw new IllegalStateException(record.topic());
    }
    String time = HeaderText.of(record.headers(), RecordHeaders.CE_TIME);
    Envelope envelope =
        new Envelope(
            HeaderText.of(record.headers(), RecordHeaders.CE_SOURCE),
            HeaderText.of(record.headers(), RecordHeaders.CE_ID),
            HeaderText.of(record.headers(), RecordHeaders.CE_TYPE),
            time == null ? null : Instant.parse(time).toEpochMilli());
    return decoder.decodeJson(
        record.value(),
        0,
        record.value().length,
        envelope,
        record.timestamp(),
        record.partition(),
        record.offset(),
        problems);
  }

  private void emit(
      ConsumerRecord<byte[], byte[]> event, RecordKind kind, @Nullable String id, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(pipeline.name() + ".decisions", event.key(), value);
    HeaderText.add(record.headers(), RecordHeaders.KIND, kind.word());
    HeaderText.add(record.headers(), RecordHeaders.ID, id);
    HeaderText.add(
        record.headers(), RecordHeaders.REPLY, HeaderText.of(event.headers(), RecordHeaders.REPLY));
    var unused = producer.send(record);
  }

  /** The text of a payment. */
  static String payment(String id, String card, Object amount, String time) {
    return """
    {"payment_id":"%s","card":"%s","amount":%s,"created_at":"%s"}\
    """
        .formatted(id, card, amount, time);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
