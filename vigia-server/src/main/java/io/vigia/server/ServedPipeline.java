package io.vigia.server;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.topic.PipelineTopics;
import java.util.LinkedHashMap;
import java.util.Map;

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
    return new PipelineTopics(name(), events);
  }
}
