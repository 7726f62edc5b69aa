package io.vigia.server.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics as they are in the log.
 *
 * <p><b>Shape.</b> {@code partitions} counts them by topic; {@code renewed} are the topics that
 * were made anew under a known name, so that positions stored for them mean nothing any more.
 */
public record TopicLayout(Map<String, Integer> partitions, Set<String> renewed) {
  public TopicLayout {
    partitions = Map.copyOf(partitions);
    renewed = Set.copyOf(renewed);
  }

  /** How many partitions a topic has. */
  public int partitionsOf(String topic) {
    Integer count = partitions.get(topic);
    if (count == null) {
      throw new IllegalArgumentException("topic " + topic + ": not set up");
    }
    return count;
  }

  /** All partitions of some topics. */
  public List<TopicPartition> all(Collection<String> topics) {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      for (int partition = 0; partition < partitionsOf(topic); partition++) {
        all.add(new TopicPartition(topic, partition));
      }
    }
    return all;
  }
}
