package io.vigia.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a gateway has counted since its first start, as {@code GET /v1/stats} tells it.
 *
 * <p><b>Shape.</b> {@code events} in the log, {@code decisions} in the store, {@code byOutcome} of
 * them; {@code repeats} and {@code conflicts} are events that came again, {@code again} decisions
 * that were made again, {@code deadLetters} events that could not be decided.
 */
public record ServerCounts(
    long events,
    long decisions,
    Map<String, Long> byOutcome,
    long repeats,
    long conflicts,
    long again,
    long deadLetters,
    long alerts) {

  /** Where it is told. */
  static final String PATH = "/v1/stats";

  static final ServerCounts NONE = new ServerCounts(0, 0, Map.of(), 0, 0, 0, 0, 0);

  public ServerCounts {
    byOutcome = new TreeMap<>(byOutcome);
  }

  /** The counts of one pipeline; {@link #NONE} where it is not among those told of. */
  static ServerCounts read(JsonNode stats, String pipeline) {
    for (JsonNode each : stats.path("pipelines")) {
      if (each.path("pipeline").asText().equals(pipeline)) {
        return of(each);
      }
    }
    return NONE;
  }

  private static ServerCounts of(JsonNode pipeline) {
    Map<String, Long> byOutcome = new TreeMap<>();
    pipeline
        .path("by_outcome")
        .properties()
        .forEach(each -> byOutcome.put(each.getKey(), each.getValue().asLong()));
    return new ServerCounts(
        pipeline.path("events").asLong(),
        pipeline.path("decisions").asLong(),
        byOutcome,
        pipeline.path("repeats").asLong(),
        pipeline.path("conflicts").asLong(),
        pipeline.path("decided_again").asLong(),
        pipeline.path("dead_letters").asLong(),
        pipeline.path("alerts").asLong());
  }

  /** What has come since. */
  ServerCounts since(ServerCounts earlier) {
    Map<String, Long> outcomes = new TreeMap<>(byOutcome);
    earlier.byOutcome.forEach((outcome, count) -> outcomes.merge(outcome, -count, Long::sum));
    outcomes.values().removeIf(count -> count == 0);
    return new ServerCounts(
        events - earlier.events,
        decisions - earlier.decisions,
        outcomes,
        repeats - earlier.repeats,
        conflicts - earlier.conflicts,
        again - earlier.again,
        deadLetters - earlier.deadLetters,
        alerts - earlier.alerts);
  }

  /** Events that came twice and decisions that were made twice. */
  public long duplicates() {
    return repeats + again;
  }

  /** Whether every event has found its end. */
  boolean isLevel() {
    return decisions + repeats + conflicts + deadLetters >= events;
  }
}
