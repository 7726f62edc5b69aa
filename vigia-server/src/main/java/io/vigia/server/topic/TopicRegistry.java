package io.vigia.server.topic;

import java.util.Collection;
import java.util.Map;

/** Remembers, outside of the log, what the topics were like when they were first used. */
public interface TopicRegistry {

  /** What is remembered, by the topic's name. */
  Map<String, KnownTopic> read();

  /** Remembers topics; what was remembered under the same names is replaced. */
  void write(Collection<KnownTopic> topics);

  /**
   * A topic as it was at its first use.
   *
   * <p><b>Shape.</b> {@code id} is the log's own id of the topic: another one under the same name
   * means that the topic was made anew and begins at 0.
   */
  record KnownTopic(String name, int partitions, String id) {}
}
