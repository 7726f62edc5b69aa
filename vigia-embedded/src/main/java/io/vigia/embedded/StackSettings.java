package io.vigia.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Which servers are embedded and how; null stands for one that the user runs elsewhere.
 *
 * @param kafka how Kafka is started
 * @param flinkSlots places for parallel tasks in Flink, 0 for no Flink
 * @param stateOnDisk whether jobs keep state in RocksDB, which needs memory beside the heap
 * @param postgres how PostgreSQL is started
 */
public record StackSettings(
    @Nullable KafkaSettings kafka,
    int flinkSlots,
    boolean stateOnDisk,
    @Nullable PostgresSettings postgres) {
  public StackSettings {
    if (flinkSlots < 0) {
      throw new IllegalArgumentException("flinkSlots must not be negative, got " + flinkSlots);
    }
  }

  /** State is kept on the heap. */
  public StackSettings(
      @Nullable KafkaSettings kafka, int flinkSlots, @Nullable PostgresSettings postgres) {
    this(kafka, flinkSlots, false, postgres);
  }

  /** All three with their defaults. */
  public static StackSettings all(int flinkSlots) {
    return new StackSettings(KafkaSettings.DEFAULT, flinkSlots, PostgresSettings.DEFAULT);
  }
}
