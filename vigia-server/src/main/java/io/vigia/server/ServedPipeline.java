package io.vigia.server;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.topic.PipelineTopics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A pipeline that is served, and the number of its version. */
public record ServedPipeline(CompiledPipeline pipeline, int version) {

  public String name() {
    return pipeline.name();
  }

  /** The topics of the pipeline. */
  public PipelineTopics topics() {
    Map<String, String> events = new LinkedHashMap<>();
    for (StreamSchema stream : pipeline.streams()) {
      events.put(stream.name(), pipeline.topicOf(stream));
    }
    return new PipelineTopics(name(), events, keptMs());
  }

  /** A row must be found in the log for as long as it lives. */
  private Map<String, Long> keptMs() {
    Map<String, Long> kept = new HashMap<>();
    for (TableDefinition table : pipeline.definition().tables()) {
      StreamSchema stream = Objects.requireNonNull(pipeline.stream(table.on().value()));
      long lives =
          table.expiresMs() == 0
              ? Long.MAX_VALUE
              : table.expiresMs() + stream.definition().outOfOrderMs();
      kept.merge(pipeline.topicOf(stream), lives, Math::max);
    }
    return kept;
  }
}
