package io.vigia.server.list;

import io.vigia.core.problem.EnvironmentException;
import io.vigia.server.topic.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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
 * Keeps the {@link ListBook}s level with their topics, from the beginning of each, on one thread.
 *
 * <p><b>Errors.</b> While Kafka is away nothing new is learnt; afterwards it goes on where it was.
 */
public final class ListFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListFollower.class);
  private static final Duration POLL_MAX = Duration.ofSeconds(1);
  private static final Duration LEVEL_MAX = Duration.ofSeconds(20);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(200);
  private static final long CLOSE_MS_MAX = 1_000;

  private final Map<TopicPartition, ListBook> books = new HashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final CompletableFuture<Void> level = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param directory whose books it keeps
   */
  public ListFollower(KafkaClients clients, ListDirectory directory) {
    directory.books().forEach((topic, book) -> books.put(new TopicPartition(topic, 0), book));
    this.consumer =
        clients.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "vigia-lists",
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"));
    this.thread = new Thread(this::run, "vigia-lists");
    this.thread.setDaemon(true);
  }

  /** Starts and returns once all that was said so far is known. */
  public void start() {
    if (books.isEmpty()) {
      consumer.close();
      return;
    }
    thread.start();
    try {
      level.orTimeout(LEVEL_MAX.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      close();
      throw new EnvironmentException(
          "Kafka does not give the changes of lists", "look at its state and start again", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (books.isEmpty()) {
      return;
    }
    consumer.wakeup();
    try {
      thread.join(CLOSE_MS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<TopicPartition> partitions = new ArrayList<>(books.keySet());
    try (consumer) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closed) {
        poll(partitions);
      }
    } catch (WakeupException | InterruptException e) {
      // closed
    } catch (RuntimeException e) {
      level.completeExceptionally(e);
      LOG.error("{} has ended", thread.getName(), e);
    }
  }

  private void poll(List<TopicPartition> partitions) {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_MAX)) {
        ListBook book = books.get(new TopicPartition(record.topic(), record.partition()));
        if (book != null) {
          book.take(record);
        }
      }
      if (!level.isDone() && isLevel(partitions)) {
        level.complete(null);
      }
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("{}: Kafka failed, going on", thread.getName(), e);
      pause();
    }
  }

  private boolean isLevel(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_ERROR.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
