package io.vigia.server.alert;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.Database;
import io.vigia.server.topic.HeaderText;
import io.vigia.wire.decision.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings raised alerts to their topic, after the transaction that raised them, at least once.
 *
 * <p><b>Shape.</b> A record each time that an alert is raised, said again or has ended. Its key is
 * the alert's group, its header {@code vigia-id} the alert's id, with a count behind it for a
 * repetition and {@code end} for the end, by which a second copy is known.
 *
 * <p><b>Units and bounds.</b> {@value #BATCH_MAX} at a time. It is woken by {@link #wake} and looks
 * by itself every few seconds, for what a gateway that died has left.
 */
public final class AlertPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertPublisher.class);

  private static final int BATCH_MAX = 500;
  private static final Duration SWEEP = Duration.ofSeconds(3);
  private static final Duration ACKNOWLEDGED_MAX = Duration.ofSeconds(20);

  private final Database database;
  private final Producer<byte[], byte[]> producer;
  private final Map<String, String> topicOfPipeline;
  private final AlertEnds ends;
  private final Semaphore work = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;

  /** A publisher of some pipelines' alerts, which also ends and repeats them by the clock. */
  public AlertPublisher(
      Database database,
      Producer<byte[], byte[]> producer,
      Map<String, String> topicOfPipeline,
      Map<String, CompiledPipeline> pipelines,
      InstantSource clock) {
    this.ends = new AlertEnds(pipelines, clock);
    this.database = database;
    this.producer = producer;
    this.topicOfPipeline = Map.copyOf(topicOfPipeline);
    this.thread = new Thread(this::run, "vigia-alerts");
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** There may be something to do. */
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        boolean woken = work.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        LOG.trace("looking for alerts, woken: {}", woken);
        work.drainPermits();
        publishAll();
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
        if (!closed) {
          LOG.warn("alerts are not published, trying again: {}", e.getMessage());
        }
      }
    }
  }

  private void publishAll()
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    try (Connection connection = database.connection()) {
      connection.setAutoCommit(false);
      ends.sweep(connection);
      connection.commit();
      int published = BATCH_MAX;
      while (published == BATCH_MAX && !closed) {
        published = publish(connection);
      }
    }
  }

  private int publish(Connection connection)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    Set<String> pipelines = topicOfPipeline.keySet();
    List<Alert> alerts = AlertTable.unpublished(connection, pipelines, BATCH_MAX);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Alert alert : alerts) {
      sent.add(producer.send(record(alert)));
    }
    for (Future<RecordMetadata> each : sent) {
      each.get(ACKNOWLEDGED_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (!alerts.isEmpty()) {
      AlertTable.published(connection, alerts);
    }
    connection.commit();
    return alerts.size();
  }

  private ProducerRecord<byte[], byte[]> record(Alert alert) {
    String topic = topicOfPipeline.get(alert.pipeline());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            String.valueOf(topic), alert.group().getBytes(StandardCharsets.UTF_8), alert.json());
    HeaderText.add(record.headers(), RecordHeaders.ID, alert.noticeId());
    return record;
  }
}
