package io.vigia.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.flink.JobSettings;
import io.vigia.flink.PipelineJob;
import io.vigia.flink.StateStorage;
import io.vigia.wire.pipeline.PipelineReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A pipeline of one stream as a Flink job on a real Kafka, with topics of its own. */
class JobRun implements AutoCloseable {
  static final Duration WAIT = Duration.ofSeconds(40);

  final CompiledPipeline pipeline;
  final String topic;
  private final EmbeddedStack stack;
  private final StateStorage state;
  private final Checkpoints checkpoints;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Makes its topics.
   *
   * @param file with {@code %s} for the pipeline's name
   * @param partitions of the stream; the others have one
   */
  JobRun(EmbeddedStack stack, String name, String file, int partitions, StateStorage state)
      throws Exception {
    this.stack = stack;
    this.state = state;
    Problems problems = new Problems();
    pipeline =
        PipelineReader.read(name + ".yaml", file.formatted(name).getBytes(UTF_8), problems)
            .flatMap(definition -> PipelineCompiler.compile(definition, problems))
            .orElseThrow(() -> new AssertionError(problems.sorted()));
    topic = pipeline.topicOf(pipeline.streams().get(0));
    checkpoints = stack.flink().checkpoints(name);
    try (Admin admin = Admin.create(kafka())) {
      admin
          .createTopics(
              Stream.of(topic, name + ".decisions", name + ".dead-letters")
                  .map(each -> new NewTopic(each, each.equals(topic) ? partitions : 1, (short) 1))
                  .toList())
          .all()
          .get();
    }
    producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", stack.kafka().bootstrapServers());
  }

  /** Returns when the log has taken all of them. */
  void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    records.forEach(record -> sent.add(producer.send(record)));
    for (Future<?> each : sent) {
      each.get();
    }
  }

  /** Starts the job, from a checkpoint or without state. */
  JobID submit(int parallelism, @Nullable Path restore) {
    JobID job =
        stack
            .flink()
            .submit(
                PipelineJob.of(
                    pipeline,
                    1,
                    new JobSettings(
                        stack.kafka().bootstrapServers(),
                        parallelism,
                        state,
                        checkpoints.directory(),
                        Duration.ofMillis(200),
                        restore == null ? null : "file://" + restore,
                        Map.of())));
    stack.flink().awaitRunning(job, WAIT);
    return job;
  }

  /** The newest checkpoint of at least two that were completed after this was called. */
  Path checkpointAfterNow(JobID job) throws InterruptedException {
    long before = stack.flink().health(job).checkpointsCompleted();
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (stack.flink().health(job).checkpointsCompleted() < before + 2) {
      assertTrue(System.nanoTime() < deadline, "no checkpoint was completed");
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return checkpoints.newestFirst().findFirst().orElseThrow();
  }

  /** All records of one of the pipeline's topics, as of now. */
  List<ConsumerRecord<byte[], byte[]>> readAll(String kind) {
    TopicPartition partition = new TopicPartition(pipeline.name() + "." + kind, 0);
    Map<String, Object> settings = new HashMap<>(kafka());
    settings.put("client.id", UUID.randomUUID().toString());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
  }
}
