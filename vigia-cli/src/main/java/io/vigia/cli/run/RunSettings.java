package io.vigia.cli.run;

import io.vigia.flink.StateStorage;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how pipelines run.
 *
 * <p><b>Shape.</b> {@code kafka} is the address of the user's own Kafka, {@code postgresUrl} that
 * of the user's own PostgreSQL; null embeds them. {@code partitions} null leaves what was recorded
 * or the default. {@code kafkaPort} and {@code port} 0 take any that is free.
 *
 * <p><b>Units and bounds.</b> {@code retentionBytes} −1 for no limit; {@code parallelism} at least
 * 1.
 */
public record RunSettings(
    Path data,
    String host,
    int port,
    @Nullable String kafka,
    int kafkaPort,
    @Nullable String postgresUrl,
    @Nullable Integer partitions,
    int parallelism,
    StateStorage state,
    Duration retention,
    long retentionBytes) {

  /** Everything embedded in {@code data}, on loopback port 8080. */
  public static RunSettings in(Path data) {
    return new RunSettings(
        data, "127.0.0.1", 8080, null, 0, null, null, 1, StateStorage.HEAP, Duration.ofDays(7), -1);
  }

  /** The same on another port. */
  public RunSettings withPort(int other) {
    return new RunSettings(
        data,
        host,
        other,
        kafka,
        kafkaPort,
        postgresUrl,
        partitions,
        parallelism,
        state,
        retention,
        retentionBytes);
  }

  /** The same with its state elsewhere. */
  public RunSettings withState(StateStorage other) {
    return new RunSettings(
        data,
        host,
        port,
        kafka,
        kafkaPort,
        postgresUrl,
        partitions,
        parallelism,
        other,
        retention,
        retentionBytes);
  }

  /** The same with another partition count and parallelism. */
  public RunSettings withScale(@Nullable Integer newPartitions, int newParallelism) {
    return new RunSettings(
        data,
        host,
        port,
        kafka,
        kafkaPort,
        postgresUrl,
        newPartitions,
        newParallelism,
        state,
        retention,
        retentionBytes);
  }
}
