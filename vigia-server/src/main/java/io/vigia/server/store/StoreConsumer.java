package io.vigia.server.store;

import io.vigia.server.topic.KafkaClients;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the decisions topics into PostgreSQL, on one thread. Of several gateways one has a
 * partition at a time.
 *
 * <p><b>Units and bounds.</b> Up to {@value #RECORDS_MAX} records a transaction; a single decision
 * waits at most {@value #GATHER_MS} ms for others before it is stored.
 *
 * <p><b>Errors.</b> While PostgreSQL or Kafka is away it tries again with growing pauses, up to
 * {@value #BACK_OFF_MAX_MS} ms. What was read and not stored is read again; nothing is lost,
 * nothing is stored twice. {@link #status} tells.
 */
public final class StoreConsumer implements AutoCloseable {
  /*
   * Who may store a partition is decided by locks that live and die with one connection to
   * PostgreSQL (PartitionLocks), and everything is written through that same connection: who has
   * lost the locks cannot write either. A gateway that was killed has lost them at that moment, so
   * that its successor, which may be its own restart, goes on at once.
   *
   * How far a partition is stored stands in PostgreSQL alone, in the transaction of what was read,
   * and each transaction names the position that it expects. Should two ever write all the same,
   * the update of the second finds another number there, its transaction falls, and it asks again.
   */
  private static final Logger LOG = LoggerFactory.getLogger(StoreConsumer.class);

  private static final int RECORDS_MAX = 5_000;
  private static final int GATHER_MS = 50;
  private static final int GATHER_BYTES = 512 * 1024;
  private static final long BACK_OFF_MIN_MS = 50;
  private static final long BACK_OFF_MAX_MS = 2_000;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration POLL_MAX = Duration.ofMillis(250);
  private static final Duration CLOSE_MAX = Duration.ofMillis(700);

  private final Database database;
  private final List<TopicPartition> partitions;
  private final Map<String, String> pipelineOfTopic;
  private final DecisionStore store;
  private final EffectiveDecisions effective;
  private final Consumer<UUID> again;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  private volatile StoreStatus status = new StoreStatus(true, "", 0);
  private volatile boolean closed;

  /**
   * A consumer for the decisions topics.
   *
   * @param partitions all partitions of these topics
   * @param pipelineOfTopic the pipeline of each of them
   * @param again is told the ids that turn out to have a decision already
   */
  public StoreConsumer(
      KafkaClients clients,
      Database database,
      Collection<TopicPartition> partitions,
      Map<String, String> pipelineOfTopic,
      EffectiveDecisions effective,
      Consumer<UUID> again) {
    this.database = database;
    this.partitions = List.copyOf(partitions);
    this.pipelineOfTopic = Map.copyOf(pipelineOfTopic);
    this.store = new DecisionStore(effective);
    this.effective = effective;
    this.again = again;
    this.consumer =
        clients.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG, "vigia-store",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_MAX,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHER_BYTES,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, GATHER_MS,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    this.thread = new Thread(this::run, "vigia-store");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** How the store stands. */
  public StoreStatus status() {
    return status;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE_MAX.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(CLOSE_MAX.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long backOffMs = BACK_OFF_MIN_MS;
    try {
      while (!closed) {
        long begin = System.nanoTime();
        try (Connection connection = database.ownConnection()) {
          consume(connection);
        } catch (WakeupException | InterruptException e) {
          throw e;
        } catch (SQLException | RuntimeException e) {
          boolean lasted = System.nanoTime() - begin > LOOK_NANOS;
          backOffMs = lasted ? BACK_OFF_MIN_MS : Math.min(backOffMs * 2, BACK_OFF_MAX_MS);
          status = new StoreStatus(false, Reason.of(e), status.lag());
          LOG.warn("decisions are not stored, trying again in {} ms: {}", backOffMs, Reason.of(e));
        }
        if (!closed) {
          pause(backOffMs);
        }
      }
    } catch (WakeupException | InterruptException e) {
      // closed
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_MAX.dividedBy(2)));
    }
  }

  /** Stores what comes for as long as the connection lasts. */
  private void consume(Connection connection) throws SQLException {
    PartitionLocks locks = new PartitionLocks(connection, partitions);
    positions.clear();
    consumer.unsubscribe();
    long looked = System.nanoTime() - LOOK_NANOS;
    while (!closed) {
      if (System.nanoTime() - looked >= LOOK_NANOS) {
        look(connection, locks);
        looked = System.nanoTime();
      }
      if (positions.isEmpty()) {
        pause(POLL_MAX.toMillis());
      } else {
        store(connection, consumer.poll(POLL_MAX));
        status = new StoreStatus(true, "", lag());
      }
    }
  }

  /** Takes the partitions that nobody has; notices a connection that is gone. */
  private void look(Connection connection, PartitionLocks locks) throws SQLException {
    List<TopicPartition> taken = locks.takeFree();
    if (!taken.isEmpty()) {
      seek(connection, taken);
    }
    status = new StoreStatus(true, "", lag());
  }

  private void seek(Connection connection, Collection<TopicPartition> some) throws SQLException {
    positions.putAll(Positions.read(connection, some));
    consumer.assign(new ArrayList<>(positions.keySet()));
    some.forEach(each -> consumer.seek(each, positions.getOrDefault(each, 0L)));
  }

  private void store(Connection connection, ConsumerRecords<byte[], byte[]> records)
      throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    StoreBatch batch = new StoreBatch(pipelineOfTopic);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      batch.add(record);
    }
    try {
      List<UUID> known = store.write(connection, batch, positions);
      positions.putAll(batch.next());
      known.forEach(again);
      effective.stored();
    } catch (StalePositionException e) {
      LOG.info("somebody else has stored these decisions; asking where to go on");
      seek(connection, batch.next().keySet());
    }
  }

  private long lag() {
    long lag = 0;
    for (TopicPartition partition : positions.keySet()) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * How the store stands.
   *
   * <p><b>Shape.</b> {@code connected} is false while PostgreSQL does not take what there is, and
   * {@code reason} says why; {@code lag} is how many records of our partitions wait to be stored.
   */
  public record StoreStatus(boolean connected, String reason, long lag) {}
}
