package io.vigia.flink;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job needs to know besides its pipeline.
 *
 * <p><b>Shape.</b> {@code checkpointFolder} is a URI; {@code restoreFrom} the checkpoint to go on
 * from, or null to start without state from the earliest retained event. {@code kafka} holds
 * further client settings such as security.
 */
public record JobSettings(
    String bootstrapServers,
    int parallelism,
    StateStorage state,
    String checkpointFolder,
    Duration checkpointInterval,
    @Nullable String restoreFrom,
    Map<String, String> kafka) {

  /** Fixed for ever: the number of key groups is part of every checkpoint. */
  public static final int MAX_PARALLELISM = 128;

  public JobSettings {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism must be from 1 to " + MAX_PARALLELISM + ", got " + parallelism);
    }
    kafka = Map.copyOf(kafka);
  }
}
