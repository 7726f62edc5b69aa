package io.vigia.server;

import io.vertx.core.Vertx;
import io.vigia.server.health.Prober;
import io.vigia.server.topic.PipelineTopics;
import io.vigia.server.topic.ReplyAddress;
import io.vigia.server.topic.TopicLayout;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The probers of all pipelines, one each. */
final class Probers {
  private static final long TICK_MS = 250;

  private final Map<String, Prober> byPipeline = new LinkedHashMap<>();

  Probers(
      List<PipelineTopics> pipelines,
      TopicLayout layout,
      Supplier<ReplyAddress> addresses,
      Prober.Sender sender) {
    for (PipelineTopics each : pipelines) {
      byPipeline.put(
          each.pipeline(),
          new Prober(
              each.pipeline(),
              layout.all(new LinkedHashSet<>(each.eventTopics())),
              addresses,
              sender));
    }
  }

  List<Prober> all() {
    return List.copyOf(byPipeline.values());
  }

  /** Lets them probe; returns what ends that. */
  AutoCloseable start(Vertx vertx) {
    long timer =
        vertx.setPeriodic(
            0,
            TICK_MS,
            fired -> byPipeline.values().forEach(prober -> prober.tick(System.nanoTime())));
    return () -> vertx.cancelTimer(timer);
  }

  /** How many probes of a pipeline were sent. */
  long sent(String pipeline) {
    Prober prober = byPipeline.get(pipeline);
    return prober == null ? 0 : prober.sent();
  }

  /** Notes that a probe has come back; whether the way of every pipeline is open then. */
  boolean returned(String pipeline, long number) {
    Prober prober = byPipeline.get(pipeline);
    if (prober == null) {
      return false;
    }
    prober.returned(number, System.nanoTime());
    return byPipeline.values().stream().allMatch(Prober::isOpen);
  }
}
