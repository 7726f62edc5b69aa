package io.vigia.flink;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.Lists;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.wire.list.ListRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic with the changes of a pipeline's lists from its beginning, on a thread of its
 * own.
 *
 * <p><b>Errors.</b> While Kafka is away nothing new is learnt, which is logged. A change that is
 * learnt after it took effect may have been missed by events that came in between: it is logged and
 * counted. When anything else fails, nobody gets the lists any more: a job that asks for them fails
 * and is started again with a follower of its own.
 */
final class ListsFollower implements ListsSource.Known, AutoCloseable {
  /*
   * Why this is no operator's state: what an event sees of a list hangs on two times that stand in the log, that of
   * the change and that of the event. So every worker finds the same answer by itself, before and after a restart, and
   * a checkpoint need not hold what the topic holds. And a second input would part each operator from the one before.
   */
  private static final Logger LOG = LoggerFactory.getLogger(ListsFollower.class);
  private static final Duration LEVEL_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ListsSource source;
  private final Lists lists;
  private final Map<String, FieldType> types = new HashMap<>();
  private final CountDownLatch level = new CountDownLatch(1);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;
  private final AtomicLong missed = new AtomicLong();

  ListsFollower(ListsSource source, CompiledPipeline pipeline) {
    this.source = source;
    this.lists = pipeline.newLists();
    for (ListDefinition list : pipeline.definition().lists()) {
      types.put(list.name().value(), list.of());
    }
    Map<String, Object> config = new HashMap<>(source.kafka());
    config.put("bootstrap.servers", source.bootstrapServers());
    config.put("client.id", "vigia-lists." + source.topic());
    config.put("enable.auto.commit", false);
    config.put("allow.auto.create.topics", false);
    config.put("auto.offset.reset", "earliest");
    config.put("fetch.min.bytes", 1);
    config.put("max.poll.records", 5_000);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::run, "vigia-lists " + source.topic());
    this.thread.setDaemon(true);
    this.thread.start();
  }

  @Override
  public Lists lists() {
    if (failure != null) {
      throw notFollowed();
    }
    return lists;
  }

  private IllegalStateException notFollowed() {
    return new IllegalStateException(
        "lists: topic " + source.topic() + " is not followed any more", failure);
  }

  @Override
  public long missed() {
    return missed.get();
  }

  /** Returns when all that was said before is known; otherwise an event could be judged without. */
  void awaitLevel() {
    try {
      if (!level.await(LEVEL_MAX.toSeconds(), TimeUnit.SECONDS) || failure != null) {
        throw new IllegalStateException(
            "lists: topic " + source.topic() + " could not be read to its end", failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("lists: interrupted", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
  }

  private void run() {
    try (consumer) {
      TopicPartition partition = new TopicPartition(source.topic(), 0);
      if (consumer.partitionsFor(source.topic(), ASK).isEmpty()) {
        LOG.warn("topic {} does not exist: lists are as their file declares them", source.topic());
        level.countDown();
      }
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (!closed) {
        poll(partition);
      }
    } catch (WakeupException | InterruptException e) {
      // closed
    } catch (RuntimeException e) {
      failure = e;
      LOG.error("the lists of topic {} are not followed any more", source.topic(), e);
    } finally {
      level.countDown();
    }
  }

  private void poll(TopicPartition partition) {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      if (level.getCount() > 0) {
        long end =
            Objects.requireNonNull(consumer.endOffsets(List.of(partition), ASK).get(partition));
        if (consumer.position(partition, ASK) >= end) {
          level.countDown();
        }
      }
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("topic {}: Kafka failed, going on", source.topic(), e);
      pause();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    ListChange change = ListRecord.read(record.key(), record.value(), record.timestamp(), types);
    if (change == null) {
      LOG.warn("record {}@{} changes no list of the pipeline", record.topic(), record.offset());
      return;
    }
    if (lists.isOverdue(change)) {
      LOG.warn(
          "a change of list {} was learnt after it had taken effect ({} so far): events in between"
              + " were judged without it",
          change.list(),
          missed.incrementAndGet());
    }
    lists.apply(change);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
