package io.vigia.server.live;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of this gateway in the event topics that are no events: how many of them lie before
 * the ends that were read, so that they are not counted as events.
 *
 * <p><b>Units and bounds.</b> Keeps eight bytes for each that was appended since the ends were last
 * looked at. Safe for several threads.
 */
public final class ControlRecords {
  private final Map<TopicPartition, Deque<Long>> beyond = new HashMap<>();
  private final Map<TopicPartition, Long> counted = new HashMap<>();

  /** The log has appended one. */
  public synchronized void appended(TopicPartition partition, long offset) {
    beyond.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(offset);
  }

  /** How many of some partitions lie before their ends; the ends never go back. */
  synchronized long before(Map<TopicPartition, Long> ends, Collection<TopicPartition> partitions) {
    long sum = 0;
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      Deque<Long> offsets = beyond.getOrDefault(partition, new ArrayDeque<>());
      while (!offsets.isEmpty() && offsets.getFirst() < end) {
        offsets.removeFirst();
        counted.merge(partition, 1L, Long::sum);
      }
      sum += counted.getOrDefault(partition, 0L);
    }
    return sum;
  }
}
