package io.vigia.benchmarks.decide;

import io.vigia.benchmarks.payments.Payment;
import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import io.vigia.server.VigiaServer;
import io.vigia.server.live.PipelineStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills the windows before anything is measured: appends payments to the log and waits until they
 * are decided and stored.
 */
final class History {
  private static final Duration WAIT_MAX = Duration.ofMinutes(10);
  private static final long POLL_MS = 250;

  private History() {}

  /** Appends the first {@code count} payments and returns when their decisions are stored. */
  static void fill(VigiaServer server, String bootstrapServers, String topic, long count)
      throws InterruptedException {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20, "batch.size", 256 * 1024);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long n = 0; n < count; n++) {
        Payment payment = Payments.at(n);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    payment.card().getBytes(StandardCharsets.US_ASCII),
                    payment.json(W1.SMALL)));
      }
    }
    awaitStored(server, count);
  }

  /** Waits until there are as many decisions in the store, or fails. */
  static void awaitStored(VigiaServer server, long count) throws InterruptedException {
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    for (PipelineStatistics now = statistics(server);
        now.decisions() < count;
        now = statistics(server)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "expected " + count + " decisions in the store, got " + now.decisions());
      }
      Thread.sleep(POLL_MS);
    }
  }

  static PipelineStatistics statistics(VigiaServer server) {
    return server.statistics().get(0);
  }
}
