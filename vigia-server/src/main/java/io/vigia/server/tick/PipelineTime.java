package io.vigia.server.tick;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far time has come in the streams of one pipeline in which silences are waited for, and which
 * partitions must be told.
 *
 * <p><b>Shape.</b> A stream's time is that of its latest event plus what has passed since that was
 * appended:
 *
 * <pre>
 * event of 12:00:00, appended at 12:00:02
 * now it is 12:00:05: the stream's time is 12:00:03
 * </pre>
 *
 * A stream without any event has the time of the one that is furthest behind. A partition is told
 * once it has been silent for a second, then about three times a second as long as a silence may
 * still be completed by time alone, and every ten seconds after that, so that a job that is
 * restored from an older checkpoint finds out.
 *
 * <p><b>Units and bounds.</b> All times in milliseconds; those of the log and {@code nowMs} by the
 * log's own clock. Owned by one thread.
 */
final class PipelineTime {
  static final long SILENT_MS = 1_000;
  static final long PERIOD_MS = 300;
  static final long SETTLED_PERIOD_MS = 10_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final long longestWaitMs;
  private final Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();
  private final Collection<Stream> streams;

  /**
   * @param partitions of each stream in which silences are waited for
   */
  PipelineTime(CompiledPipeline pipeline, Map<StreamSchema, List<TopicPartition>> partitions) {
    long late = 0;
    List<Stream> all = new ArrayList<>();
    for (Map.Entry<StreamSchema, List<TopicPartition>> entry : partitions.entrySet()) {
      Stream stream = new Stream(entry.getKey());
      all.add(stream);
      late = Math.max(late, entry.getKey().definition().outOfOrderMs());
      entry.getValue().forEach(each -> this.partitions.put(each, new Partition(stream)));
    }
    this.streams = List.copyOf(all);
    this.longestWaitMs = pipeline.longestSilenceMs() + late + SILENT_MS;
  }

  private static final class Stream {
    final StreamSchema schema;
    long latestMs = NEVER;
    long appendedMs;

    /** Whether the time is an event's, and not one that a tick has told. */
    boolean isEvent;

    Stream(StreamSchema schema) {
      this.schema = schema;
    }

    long timeAt(long nowMs) {
      return latestMs + Math.max(0, nowMs - appendedMs);
    }
  }

  private static final class Partition {
    final Stream stream;
    long eventAtMs = NEVER;
    long toldAtMs = NEVER;
    long toldMs = NEVER;

    /** The furthest time that a record found in it says. */
    long foundMs = NEVER;

    /** Whether this gateway has told it anything since its start. */
    boolean isGreeted;

    Partition(Stream stream) {
      this.stream = stream;
    }
  }

  /** A tick that is due. */
  record DueTick(TopicPartition partition, StreamSchema stream, long markMs) {}

  StreamSchema streamOf(TopicPartition partition) {
    return partition(partition).stream.schema;
  }

  /** Whether anything is known from which time could be told in a partition. */
  boolean isKnown(TopicPartition partition) {
    Partition known = partition(partition);
    return known.eventAtMs != NEVER || known.toldAtMs != NEVER;
  }

  /** An event has been found in the log. */
  void event(TopicPartition partition, long timeMs, long appendedMs) {
    Partition found = partition(partition);
    found.eventAtMs = Math.max(found.eventAtMs, appendedMs);
    found.foundMs = Math.max(found.foundMs, timeMs);
    Stream stream = found.stream;
    if (!stream.isEvent || timeMs > stream.latestMs) {
      stream.isEvent = true;
      stream.latestMs = timeMs;
      stream.appendedMs = appendedMs;
    }
  }

  /** A tick has been found in the log, whoever has appended it. */
  void tick(TopicPartition partition, long markMs, long appendedMs) {
    Partition found = partition(partition);
    found.toldAtMs = Math.max(found.toldAtMs, appendedMs);
    found.toldMs = Math.max(found.toldMs, markMs);
    found.foundMs = Math.max(found.foundMs, markMs);
    Stream stream = found.stream;
    // As long as no event is known, for the last of them may have been long ago.
    if (!stream.isEvent && markMs > stream.latestMs) {
      stream.latestMs = markMs;
      stream.appendedMs = appendedMs;
    }
  }

  /**
   * The ticks that are due, which count as appended.
   *
   * @param delayMs by so much later than due, so that of several gateways not all are as fast
   */
  List<DueTick> due(long nowMs, long delayMs) {
    OptionalLong behind = timeAt(nowMs);
    if (behind.isEmpty()) {
      return List.of();
    }
    long settledMs =
        streams.stream().mapToLong(stream -> stream.latestMs).max().orElse(NEVER) + longestWaitMs;
    List<DueTick> due = new ArrayList<>();
    partitions.forEach(
        (at, partition) -> {
          Stream stream = partition.stream;
          long markMs = stream.latestMs == NEVER ? behind.getAsLong() : stream.timeAt(nowMs);
          if (isDue(partition, markMs, settledMs, nowMs, delayMs)) {
            partition.isGreeted = true;
            partition.toldAtMs = nowMs;
            partition.toldMs = markMs;
            due.add(new DueTick(at, stream.schema, markMs));
          }
        });
    return due;
  }

  private static boolean isDue(
      Partition partition, long markMs, long settledMs, long nowMs, long delayMs) {
    if (markMs <= partition.toldMs
        || (partition.eventAtMs != NEVER && nowMs - partition.eventAtMs < SILENT_MS)) {
      return false;
    }
    if (!partition.isGreeted || partition.toldAtMs == NEVER) {
      return true;
    }
    long period = partition.toldMs > settledMs ? SETTLED_PERIOD_MS : PERIOD_MS;
    return nowMs - partition.toldAtMs >= period + delayMs;
  }

  private Partition partition(TopicPartition partition) {
    Partition known = partitions.get(partition);
    if (known == null) {
      throw new IllegalArgumentException("partition " + partition + ": no silence is waited for");
    }
    return known;
  }

  Collection<TopicPartition> partitions() {
    return partitions.keySet();
  }

  /**
   * The event time up to which nothing is to come any more, as the records say that lie in the
   * partitions: what a processor that has read them decides by. Empty until each of them has one.
   */
  OptionalLong passedMs() {
    long passed = Long.MAX_VALUE;
    for (Partition partition : partitions.values()) {
      if (partition.foundMs == NEVER) {
        return OptionalLong.empty();
      }
      passed =
          Math.min(passed, partition.foundMs - partition.stream.schema.definition().outOfOrderMs());
    }
    return partitions.isEmpty() ? OptionalLong.empty() : OptionalLong.of(passed);
  }

  /** How far the stream that is furthest behind has come; empty before the first event. */
  OptionalLong timeAt(long nowMs) {
    return streams.stream()
        .filter(stream -> stream.latestMs != NEVER)
        .mapToLong(stream -> stream.timeAt(nowMs))
        .min();
  }
}
