package io.vigia.server.topic;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The topics of one pipeline.
 *
 * <p><b>Shape.</b> {@code events} maps each stream to its topic; the other topics are named after
 * the pipeline.
 *
 * @param keptMs how long the topics that tables are made of must keep their events, by topic;
 *     {@link Long#MAX_VALUE} for ever
 */
public record PipelineTopics(
    String pipeline, Map<String, String> events, Map<String, Long> keptMs) {
  public PipelineTopics {
    events = new LinkedHashMap<>(events);
    keptMs = Map.copyOf(keptMs);
  }

  /** The topics of a pipeline without tables. */
  public PipelineTopics(String pipeline, Map<String, String> events) {
    this(pipeline, events, Map.of());
  }

  public String decisions() {
    return pipeline + ".decisions";
  }

  public String alerts() {
    return pipeline + ".alerts";
  }

  public String deadLetters() {
    return pipeline + ".dead-letters";
  }

  /** Compacted: the newest version of the pipeline is the active one. */
  public String versions() {
    return pipeline + ".versions";
  }

  /** Compacted: what was said last about each value of a list. */
  public String lists() {
    return pipeline + ".lists";
  }

  /**
   * Every topic whose order and partitions carry meaning: all but {@link #versions} and {@link
   * #lists}.
   */
  public Set<String> partitioned() {
    Set<String> all = new LinkedHashSet<>(events.values());
    all.add(decisions());
    all.add(alerts());
    all.add(deadLetters());
    return all;
  }

  /** Whether a topic is named after the pipeline, and not by its file. */
  public boolean isOwn(String topic) {
    return topic.startsWith(pipeline + ".");
  }

  /** The topics that keep events. */
  public Collection<String> eventTopics() {
    return events.values();
  }
}
