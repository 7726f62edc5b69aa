package io.vigia.server.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vigia.server.topic.PipelineTopics;
import io.vigia.server.topic.TopicLayout;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Counts the records of topics by where they end. */
final class LogCounts {
  private final Admin admin;
  private final TopicLayout layout;
  private final Map<TopicPartition, OffsetSpec> asked = new HashMap<>();

  LogCounts(Admin admin, TopicLayout layout, Collection<PipelineTopics> pipelines) {
    this.admin = admin;
    this.layout = layout;
    for (PipelineTopics topics : pipelines) {
      layout.all(topics.eventTopics()).forEach(each -> asked.put(each, OffsetSpec.latest()));
      layout
          .all(List.of(topics.deadLetters()))
          .forEach(each -> asked.put(each, OffsetSpec.latest()));
    }
  }

  /** Where every partition ends; fails when Kafka does not say. */
  Future<Map<TopicPartition, Long>> ends() {
    Promise<Map<TopicPartition, Long>> promise = Promise.promise();
    var unused =
        admin
            .listOffsets(asked)
            .all()
            .whenComplete(
                (ends, failure) -> {
                  if (failure != null) {
                    promise.tryFail(failure);
                  } else {
                    promise.tryComplete(offsets(ends));
                  }
                });
    return promise.future();
  }

  /** How many records some topics have had. */
  long of(Map<TopicPartition, Long> ends, Collection<String> topics) {
    return partitions(topics).stream().mapToLong(each -> ends.getOrDefault(each, 0L)).sum();
  }

  /** The partitions of some topics. */
  List<TopicPartition> partitions(Collection<String> topics) {
    return layout.all(topics);
  }

  private static Map<TopicPartition, Long> offsets(
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    ends.forEach((partition, end) -> offsets.put(partition, end.offset()));
    return offsets;
  }
}
