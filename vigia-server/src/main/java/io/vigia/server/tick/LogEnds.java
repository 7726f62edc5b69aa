package io.vigia.server.tick;

import io.vigia.core.event.Event;
import io.vigia.core.problem.Problems;
import io.vigia.server.topic.HeaderText;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.Tick;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventAge;
import io.vigia.wire.event.EventDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the last records of partitions and tells {@link PipelineTime} of the events and ticks among
 * them.
 *
 * <p><b>Shape.</b> What it passes over because more has come than it reads makes the time it knows
 * an earlier one, never a later one: the engine has seen those events itself.
 *
 * <p><b>Units and bounds.</b> {@value #LOOK_BACK} records of a partition each time; at the start as
 * many as it takes to find an event or a tick, up to {@value #LOOK_BACK_MAX}. Owned by one thread.
 */
final class LogEnds implements AutoCloseable {
  private static final int LOOK_BACK = 64;
  private static final int LOOK_BACK_MAX = 64 * 8 * 8 * 8;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final Duration POLL_MAX = Duration.ofMillis(50);
  private static final int POLLS_MAX = 20;
  private static final byte[] EMPTY = {};

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, List<Reading>> readings = new HashMap<>();
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private boolean started;

  /** What one pipeline makes of a partition. */
  private record Reading(String stream, EventDecoder decoder, PipelineTime time) {}

  LogEnds(KafkaConsumer<byte[], byte[]> consumer, Map<String, PipelineTime> times) {
    this.consumer = consumer;
    times.forEach(
        (pipeline, time) ->
            time.partitions()
                .forEach(
                    partition -> {
                      String stream = Tick.streamOf(pipeline, time.streamOf(partition).name());
                      readings
                          .computeIfAbsent(partition, p -> new ArrayList<>())
                          .add(
                              new Reading(
                                  stream, new EventDecoder(time.streamOf(partition)), time));
                    }));
    consumer.assign(readings.keySet());
  }

  /**
   * Reads what has come.
   *
   * @param nowMs by the log's clock, for records that do not say when they were appended
   */
  void read(long nowMs) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(readings.keySet(), ANSWER_MAX);
    if (!started) {
      readBack(ends, nowMs);
      started = true;
      return;
    }
    Map<TopicPartition, Long> from = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            from.put(partition, Math.max(read.getOrDefault(partition, 0L), end - LOOK_BACK)));
    read(from, ends, nowMs);
  }

  /** Goes back until each partition has told something, or is read from its beginning. */
  private void readBack(Map<TopicPartition, Long> ends, long nowMs) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(readings.keySet(), ANSWER_MAX);
    for (int back = LOOK_BACK; back <= LOOK_BACK_MAX; back *= 8) {
      Map<TopicPartition, Long> from = new HashMap<>();
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        long beginning = beginnings.getOrDefault(end.getKey(), 0L);
        List<Reading> readers = readings.getOrDefault(end.getKey(), List.of());
        if (readers.stream().anyMatch(reading -> !reading.time.isKnown(end.getKey()))) {
          from.put(end.getKey(), Math.max(beginning, end.getValue() - back));
        }
      }
      read(from, ends, nowMs);
    }
  }

  private void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, long nowMs) {
    Map<TopicPartition, Long> open = new HashMap<>(from);
    open.entrySet().removeIf(each -> each.getValue() >= ends.getOrDefault(each.getKey(), 0L));
    consumer.pause(readings.keySet());
    consumer.resume(open.keySet());
    open.forEach(consumer::seek);
    for (int poll = 0; poll < POLLS_MAX && !open.isEmpty(); poll++) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_MAX)) {
        take(record, nowMs);
      }
      // Also past what is no record, such as the mark of a transaction.
      for (TopicPartition partition : Set.copyOf(open.keySet())) {
        long position = consumer.position(partition, ANSWER_MAX);
        read.put(partition, position);
        if (position >= ends.getOrDefault(partition, 0L)) {
          open.remove(partition);
          consumer.pause(Set.of(partition));
        }
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, long nowMs) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    // A producer's own time says nothing of when the record came; we find it within moments.
    long appendedMs =
        record.timestampType() == TimestampType.LOG_APPEND_TIME ? record.timestamp() : nowMs;
    String control = HeaderText.of(record.headers(), RecordHeaders.CONTROL);
    for (Reading reading : readings.getOrDefault(partition, List.of())) {
      if (control == null) {
        Event event = decode(reading.decoder, record);
        if (event != null) {
          reading.time.event(partition, event.timeMs(), appendedMs);
        }
      } else {
        Tick tick =
            Tick.of(
                control,
                HeaderText.of(record.headers(), RecordHeaders.MARK),
                HeaderText.of(record.headers(), RecordHeaders.STREAM));
        if (tick != null && tick.stream().equals(reading.stream)) {
          reading.time.tick(partition, tick.markMs(), appendedMs);
        }
      }
    }
  }

  /** The event as the engine will decode it; null where that will refuse it. */
  private static @Nullable Event decode(
      EventDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    Problems problems = new Problems();
    Envelope envelope =
        Envelope.ofAttributes(
            HeaderText.of(headers, RecordHeaders.CE_SPEC_VERSION),
            HeaderText.of(headers, RecordHeaders.CE_SOURCE),
            HeaderText.of(headers, RecordHeaders.CE_ID),
            HeaderText.of(headers, RecordHeaders.CE_TYPE),
            HeaderText.of(headers, RecordHeaders.CE_TIME),
            decoder.stream().name(),
            problems);
    byte[] value = record.value() == null ? EMPTY : record.value();
    Event event =
        envelope == null
            ? null
            : decoder.decodeJson(
                value,
                0,
                value.length,
                envelope,
                record.timestamp(),
                record.partition(),
                record.offset(),
                problems);
    return event != null && EventAge.isTaken(event, problems) ? event : null;
  }

  /** Ends what another thread waits for in {@link #read(long)}. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
