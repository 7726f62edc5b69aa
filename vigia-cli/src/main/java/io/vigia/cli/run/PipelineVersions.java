package io.vigia.cli.run;

import io.vigia.core.problem.EnvironmentException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The versions that a pipeline has had: records in a compacted topic, the newest of which is
 * active.
 *
 * <p><b>Shape.</b> Topic {@code <pipeline>.versions}, one partition, never deleted; key is the
 * version's number, value the file as it was, header {@code vigia-sha256} its hash. A file that has
 * not changed keeps its version.
 */
final class PipelineVersions {
  private static final String HASH = "vigia-sha256";
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> kafka;

  PipelineVersions(String bootstrapServers) {
    this.kafka = Map.of("bootstrap.servers", bootstrapServers);
  }

  /** The number of a file's version, which is recorded if it is new. */
  int record(LoadedPipeline pipeline) {
    String topic = pipeline.pipeline().name() + ".versions";
    String hash = hash(pipeline.content());
    boolean created = create(topic);
    Optional<Version> newest = created ? Optional.empty() : newest(topic);
    if (newest.isPresent() && newest.get().hash.equals(hash)) {
      return newest.get().number;
    }
    int number = newest.map(version -> version.number + 1).orElse(1);
    write(topic, number, hash, pipeline.content());
    return number;
  }

  private record Version(int number, String hash) {}

  /** Whether the topic is new. */
  private boolean create(String topic) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    try (Admin admin = Admin.create(kafka)) {
      admin.createTopics(List.of(wanted)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Optional<Version> newest(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      Version newest = null;
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          newest = versionOf(record);
        }
        if (System.nanoTime() > deadline) {
          throw new EnvironmentException(
              "the versions of the pipeline in topic " + topic + " cannot be read",
              "look whether Kafka is well, then start again");
        }
      }
      return Optional.ofNullable(newest);
    }
  }

  private static Version versionOf(ConsumerRecord<String, byte[]> record) {
    Header hash = record.headers().lastHeader(HASH);
    return new Version(
        Integer.parseInt(record.key()),
        hash == null ? hash(record.value()) : new String(hash.value(), StandardCharsets.UTF_8));
  }

  private void write(String topic, int number, String hash, byte[] content) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(topic, 0, Integer.toString(number), content);
      record.headers().add(HASH, hash.getBytes(StandardCharsets.UTF_8));
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static EnvironmentException unreachable(ExecutionException e) {
    Throwable cause = e.getCause();
    return new EnvironmentException(
        "Kafka did not take the pipeline's version: " + (cause == null ? e : cause).getMessage(),
        "look whether Kafka is well, then start again",
        e);
  }

  private static EnvironmentException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EnvironmentException("the start was interrupted", "start again", e);
  }
}
