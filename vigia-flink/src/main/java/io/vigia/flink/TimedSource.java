package io.vigia.flink;

import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Kafka source in which only some topics hold event time back: the partitions of all others count
 * as idle from the beginning.
 *
 * <p>Flink's own idleness goes by the clock, and would let a partition pass that has been slow to
 * read: a silence could be decided against an event that already lies in the log.
 */
final class TimedSource
    implements Source<Transit, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<Transit> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<Transit> kafka;
  private final Set<String> timedTopics;

  /**
   * @param timedTopics the topics that tell time
   */
  TimedSource(KafkaSource<Transit> kafka, Set<String> timedTopics) {
    this.kafka = kafka;
    this.timedTopics = Set.copyOf(timedTopics);
  }

  @Override
  public SourceReader<Transit, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new TimedReader(kafka.createReader(context), timedTopics);
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<Transit> getProducedType() {
    return kafka.getProducedType();
  }
}
