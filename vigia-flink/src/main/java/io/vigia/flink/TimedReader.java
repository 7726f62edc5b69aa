package io.vigia.flink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Reads the partitions of a {@link TimedSource}, and says which of them tell no time. */
@SuppressWarnings("try") // closing may be interrupted: so says the interface
final class TimedReader implements SourceReader<Transit, KafkaPartitionSplit> {
  /*
   * A worker to which no partition falls would hold time back for ever. Partitions are assigned within
   * moments of the start, so after some seconds it is known that there are none for it.
   */
  private static final Duration UNASSIGNED_MAX = Duration.ofSeconds(10);

  private final SourceReader<Transit, KafkaPartitionSplit> kafka;
  private final Set<String> timedTopics;
  private final List<String> untimed = new ArrayList<>();
  private final CompletableFuture<Void> unassigned =
      new CompletableFuture<Void>()
          .completeOnTimeout(null, UNASSIGNED_MAX.toMillis(), TimeUnit.MILLISECONDS);
  private boolean assigned;
  private boolean passed;

  /** Complete when there is something to say besides the records. */
  private CompletableFuture<Void> wake = unassigned;

  TimedReader(SourceReader<Transit, KafkaPartitionSplit> kafka, Set<String> timedTopics) {
    this.kafka = kafka;
    this.timedTopics = timedTopics;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Transit> output) throws Exception {
    if (wake.isDone()) {
      wake = new CompletableFuture<>();
      untimed.forEach(split -> output.createOutputForSplit(split).markIdle());
      untimed.clear();
      if (!assigned && !passed && unassigned.isDone()) {
        passed = true;
        output.markIdle();
      }
    }
    return kafka.pollNext(output);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    assigned |= !splits.isEmpty();
    for (KafkaPartitionSplit split : splits) {
      if (!timedTopics.contains(split.getTopic())) {
        untimed.add(split.splitId());
      }
    }
    kafka.addSplits(splits);
    wake.complete(null);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = kafka.isAvailable();
    return records.isDone()
        ? records
        : CompletableFuture.anyOf(records, wake).thenAccept(any -> {});
  }

  @Override
  public void start() {
    kafka.start();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return kafka.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    kafka.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    kafka.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    kafka.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    kafka.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    kafka.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void close() throws Exception {
    kafka.close();
  }
}
