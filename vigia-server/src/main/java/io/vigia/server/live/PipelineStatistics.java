package io.vigia.server.live;

import io.vertx.core.json.JsonObject;
import io.vigia.server.live.LatencyHistory.Latencies;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one pipeline at one moment.
 *
 * <p><b>Shape.</b> The counts are since the first start, over all gateways: {@code events} in the
 * log, {@code decisions} effective and stored, {@code again} those that were decided again after a
 * crash and left out, {@code givenUp} the partial matches of patterns that keys had too many of.
 * The latencies are those of this gateway's answers since its start.
 */
public record PipelineStatistics(
    String pipeline,
    int version,
    double eventsPerSecond,
    long events,
    long decisions,
    Map<String, Long> byOutcome,
    long fallbacks,
    long repeats,
    long conflicts,
    long again,
    long givenUp,
    long deadLetters,
    long unstored,
    long alerts,
    Latencies recent,
    Latencies total) {
  public PipelineStatistics {
    byOutcome = new TreeMap<>(byOutcome);
  }

  /** A pipeline of which nothing is known yet. */
  static PipelineStatistics none(String pipeline, int version) {
    return new PipelineStatistics(
        pipeline,
        version,
        0,
        0,
        0,
        Map.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Latencies.NONE,
        Latencies.NONE);
  }

  /** The same counts less those of an earlier moment. */
  public PipelineStatistics since(PipelineStatistics earlier) {
    Map<String, Long> outcomes = new TreeMap<>(byOutcome);
    earlier.byOutcome.forEach((outcome, n) -> outcomes.merge(outcome, -n, Long::sum));
    outcomes.values().removeIf(n -> n == 0);
    return new PipelineStatistics(
        pipeline,
        version,
        eventsPerSecond,
        events - earlier.events,
        decisions - earlier.decisions,
        outcomes,
        fallbacks - earlier.fallbacks,
        repeats - earlier.repeats,
        conflicts - earlier.conflicts,
        again - earlier.again,
        givenUp - earlier.givenUp,
        deadLetters - earlier.deadLetters,
        unstored - earlier.unstored,
        alerts - earlier.alerts,
        recent,
        total);
  }

  /** As the page has them. */
  public JsonObject json() {
    JsonObject outcomes = new JsonObject();
    byOutcome.forEach(outcomes::put);
    JsonObject json =
        new JsonObject()
            .put("pipeline", pipeline)
            .put("version", version)
            .put("events_per_second", roundedRate())
            .put("events", events)
            .put("decisions", decisions)
            .put("by_outcome", outcomes)
            .put("fallbacks", fallbacks)
            .put("repeats", repeats)
            .put("conflicts", conflicts)
            .put("decided_again", again)
            .put("given_up", givenUp)
            .put("dead_letters", deadLetters)
            .put("unstored", unstored)
            .put("alerts", alerts);
    return put(json, recent);
  }

  /** What a chart of the past needs of them. */
  JsonObject sample() {
    return put(
        new JsonObject().put("pipeline", pipeline).put("events_per_second", roundedRate()), recent);
  }

  private double roundedRate() {
    return Math.round(eventsPerSecond * 10) / 10.0;
  }

  /** The latencies since the start. */
  public JsonObject totalLatencies() {
    return put(new JsonObject().put("answers", total.count()), total)
        .put("max_ms", total.count() == 0 ? null : total.maxMs());
  }

  private static JsonObject put(JsonObject json, Latencies latencies) {
    boolean none = latencies.count() == 0;
    return json.put("p50_ms", none ? null : latencies.p50Ms())
        .put("p99_ms", none ? null : latencies.p99Ms())
        .put("p999_ms", none ? null : latencies.p999Ms());
  }
}
