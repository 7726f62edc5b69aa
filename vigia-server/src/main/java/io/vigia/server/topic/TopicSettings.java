package io.vigia.server.topic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How topics are made that do not exist yet.
 *
 * <p><b>Shape.</b> A null leaves it to what was recorded at the first start, or else to the
 * default: {@value #DEFAULT_PARTITIONS} partitions, the broker's own replication and retention.
 *
 * <p><b>Units and bounds.</b> {@code retentionBytes} for each partition; {@code partitions} at
 * least 1. A partition count is fixed at the first start.
 */
public record TopicSettings(
    @Nullable Integer partitions,
    @Nullable Short replication,
    @Nullable Duration retention,
    @Nullable Long retentionBytes) {

  public static final int DEFAULT_PARTITIONS = 4;

  /** Everything by default. */
  public static final TopicSettings DEFAULT = new TopicSettings(null, null, null, null);

  public TopicSettings {
    if (partitions != null && partitions < 1) {
      throw new IllegalArgumentException("partitions: must be at least 1, got " + partitions);
    }
  }

  /** The same with a partition count. */
  public TopicSettings withPartitions(int count) {
    return new TopicSettings(count, replication, retention, retentionBytes);
  }
}
