package io.vigia.server.topic;

import io.vigia.core.problem.EnvironmentException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows topics from their end on: every record that is appended after {@link #start} is handed
 * over, once, within about a millisecond, on one thread.
 *
 * <p>No group and no stored position: each process sees all records.
 *
 * <p><b>Errors.</b> What the handler throws is logged and the next record is taken. While Kafka is
 * away nothing is handed over; afterwards it goes on where it was.
 */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);

  private static final Duration POLL_MAX = Duration.ofSeconds(1);
  private static final Duration POSITION_MAX = Duration.ofSeconds(15);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(200);
  private static final Duration CLOSE_MAX = Duration.ofMillis(500);

  private final List<TopicPartition> partitions;
  private final Consumer<ConsumerRecord<byte[], byte[]>> handler;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final CompletableFuture<Void> positioned = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  public TopicTail(
      KafkaClients clients,
      String name,
      Collection<TopicPartition> partitions,
      Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    this.partitions = List.copyOf(partitions);
    this.handler = handler;
    // A fetch is answered as soon as there is one byte; the wait is only how long an idle one lies
    // there.
    this.consumer =
        clients.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG, name,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"));
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Starts and returns once the position is fixed, so that no later record can be missed. */
  public void start() {
    thread.start();
    try {
      positioned.orTimeout(POSITION_MAX.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      close();
      Throwable cause = e.getCause();
      throw new EnvironmentException(
          "Kafka does not tell where its topics end: "
              + (cause instanceof TimeoutException ? "no answer" : String.valueOf(cause)),
          "look at the state of Kafka and start again",
          e);
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(2 * CLOSE_MAX.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      fixPosition();
      while (!closed) {
        poll();
      }
    } catch (WakeupException | InterruptException e) {
      // closed
    } catch (RuntimeException e) {
      positioned.completeExceptionally(e);
      LOG.error("{} has ended", thread.getName(), e);
    }
  }

  private void fixPosition() {
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(partition -> consumer.position(partition, POSITION_MAX));
    positioned.complete(null);
  }

  private void poll() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_MAX)) {
        handle(record);
      }
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("{}: Kafka failed, going on", thread.getName(), e);
      pause();
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) {
    try {
      handler.accept(record);
    } catch (RuntimeException e) {
      LOG.error(
          "record {}-{}@{} could not be handled",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_ERROR.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
