package io.vigia.server.tick;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.health.HealthSource;
import io.vigia.server.tick.PipelineTime.DueTick;
import io.vigia.server.topic.KafkaClients;
import io.vigia.server.topic.TopicLayout;
import io.vigia.wire.decision.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends ticks to the partitions that are silent, for all pipelines that wait for silences.
 *
 * <p>Every gateway does. What one has appended the others find in the log and need not append: of
 * several a partition gets a tick more now and then, which says nothing new.
 *
 * <p><b>Units and bounds.</b> It looks twenty times a second and reads at most the last 64 records
 * of each partition; a tick is about 100 bytes in the log. See {@link PipelineTime} for how many
 * there are.
 *
 * <p><b>Errors.</b> While the log does not take them or cannot be read, time stands still where no
 * events come; {@link #parts} says so.
 */
public final class Ticker implements AutoCloseable, HealthSource {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration FAILING_MAX = Duration.ofSeconds(10);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(1);
  private static final int DELAY_MS_MAX = 30;

  private final Map<String, PipelineTime> times;
  private final @Nullable LogEnds log;
  private final Appender appender;
  private final LogClock clock;
  private final Map<String, TickCounts> counts;
  private final Thread thread;
  private volatile boolean closed;

  /** Brings ticks to the log. */
  @FunctionalInterface
  public interface Appender {
    /** Appends a tick; {@code done} is told how it went. Must not wait. */
    void append(TopicPartition partition, Tick tick, Callback done);
  }

  private Ticker(
      Map<String, PipelineTime> times, @Nullable LogEnds log, Appender appender, LogClock clock) {
    this.times = Map.copyOf(times);
    this.log = log;
    this.appender = appender;
    this.clock = clock;
    this.counts =
        times.keySet().stream()
            .collect(Collectors.toUnmodifiableMap(p -> p, p -> new TickCounts()));
    this.thread = new Thread(this::run, "vigia-ticker");
    this.thread.setDaemon(true);
  }

  /** A ticker for those of some pipelines that wait for silences. */
  public static Ticker of(
      KafkaClients clients,
      TopicLayout layout,
      Collection<CompiledPipeline> pipelines,
      Appender appender,
      LogClock clock) {
    Map<String, PipelineTime> times = new LinkedHashMap<>();
    for (CompiledPipeline pipeline : pipelines) {
      if (pipeline.hasTimers()) {
        Map<StreamSchema, List<TopicPartition>> partitions = new LinkedHashMap<>();
        pipeline.streams().stream()
            .filter(pipeline::isTimed)
            .forEach(each -> partitions.put(each, layout.all(List.of(pipeline.topicOf(each)))));
        times.put(pipeline.name(), new PipelineTime(pipeline, partitions));
      }
    }
    LogEnds log =
        times.isEmpty()
            ? null
            : new LogEnds(
                clients.consumer(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "vigia-ticker")), times);
    return new Ticker(times, log, appender, clock);
  }

  /** Begins, unless no pipeline waits for a silence. */
  public void start() {
    if (log != null) {
      thread.start();
    }
  }

  /** How many ticks the log has been given for a pipeline. */
  public long sent(String pipeline) {
    TickCounts count = counts.get(pipeline);
    return count == null ? 0 : count.sent();
  }

  /**
   * The event time that has passed in all partitions in which a pipeline waits for silences; empty
   * where it waits for none, and as long as some partition has told no time.
   */
  public Optional<Instant> passed(String pipeline) {
    TickCounts count = counts.get(pipeline);
    return count == null ? Optional.empty() : Optional.ofNullable(count.passed());
  }

  @Override
  public List<PartHealth> parts() {
    List<PartHealth> parts = new ArrayList<>();
    counts.forEach(
        (pipeline, count) ->
            parts.add(
                new PartHealth(
                    "time " + pipeline,
                    count.failingFor().compareTo(FAILING_MAX) < 0,
                    count.detail())));
    return parts;
  }

  @Override
  public void close() {
    closed = true;
    if (log == null) {
      return;
    }
    log.wakeup();
    try {
      thread.join(CLOSE_MAX.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (LogEnds ends = Objects.requireNonNull(log)) {
      while (!closed) {
        look(ends);
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    } catch (WakeupException | InterruptException | InterruptedException e) {
      // closed
    }
  }

  private void look(LogEnds ends) throws InterruptedException {
    if (!clock.isKnown()) {
      return;
    }
    try {
      ends.read(clock.nowMs());
      long nowMs = clock.nowMs();
      times.forEach((pipeline, time) -> tell(pipeline, time, nowMs));
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      counts.values().forEach(count -> count.failed(e));
      LOG.warn("the ends of the event topics cannot be read, time stands still in silence", e);
      Thread.sleep(PAUSE_AFTER_ERROR.toMillis());
    }
  }

  private void tell(String pipeline, PipelineTime time, long nowMs) {
    TickCounts count = counts.get(pipeline);
    if (count == null) {
      return;
    }
    OptionalLong reached = time.timeAt(nowMs);
    reached.ifPresent(timeMs -> count.reached(Instant.ofEpochMilli(timeMs)));
    time.passedMs().ifPresent(timeMs -> count.passed(Instant.ofEpochMilli(timeMs)));
    long delayMs = ThreadLocalRandom.current().nextInt(DELAY_MS_MAX);
    for (DueTick due : time.due(nowMs, delayMs)) {
      count.given();
      appender.append(
          due.partition(),
          new Tick(Tick.streamOf(pipeline, due.stream().name()), due.markMs()),
          (metadata, failure) -> {
            if (failure == null) {
              count.taken();
            } else {
              count.refused(failure);
            }
          });
    }
  }
}
