package io.vigia.server.topic;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics of all pipelines that are served. */
public record ServedTopics(List<PipelineTopics> pipelines) {
  public ServedTopics {
    pipelines = List.copyOf(pipelines);
  }

  /** The pipeline of each decisions topic. */
  public Map<String, String> pipelineOfDecisions() {
    Map<String, String> pipelineOfTopic = new LinkedHashMap<>();
    pipelines.forEach(each -> pipelineOfTopic.put(each.decisions(), each.pipeline()));
    return pipelineOfTopic;
  }

  /** The alerts topic of each pipeline. */
  public Map<String, String> alertsOfPipeline() {
    Map<String, String> topicOfPipeline = new LinkedHashMap<>();
    pipelines.forEach(each -> topicOfPipeline.put(each.pipeline(), each.alerts()));
    return topicOfPipeline;
  }

  /** What comes back to a gateway: decisions and alerts. */
  public Set<String> returning() {
    Set<String> topics = new LinkedHashSet<>(pipelineOfDecisions().keySet());
    topics.addAll(alertsOfPipeline().values());
    return topics;
  }

  /**
   * What a gateway writes to while a sender waits: events, and what was answered in place of a
   * decision.
   */
  public Set<String> prompt() {
    Set<String> topics = new LinkedHashSet<>();
    for (PipelineTopics each : pipelines) {
      topics.addAll(each.eventTopics());
      topics.add(each.decisions());
    }
    return topics;
  }
}
