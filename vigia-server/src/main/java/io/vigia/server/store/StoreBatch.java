package io.vigia.server.store;

import io.vigia.server.topic.HeaderText;
import io.vigia.wire.decision.FallbackAnswer;
import io.vigia.wire.decision.RecordKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What some records of the decisions topics come to: rows, counts and positions of one transaction.
 *
 * <p>Mutable while it is filled by one thread.
 */
final class StoreBatch {
  private final Map<String, String> pipelineOfTopic;
  private final Map<UUID, DecisionRow> decisions = new LinkedHashMap<>();
  private final Map<UUID, String[]> answers = new LinkedHashMap<>();
  private final Map<TotalKey, Long> counts = new HashMap<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final List<Unstored> unstored = new ArrayList<>();
  private final List<UUID> again = new ArrayList<>();

  StoreBatch(Map<String, String> pipelineOfTopic) {
    this.pipelineOfTopic = pipelineOfTopic;
  }

  /** Takes the next record of its partition. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    String pipeline = pipelineOfTopic.getOrDefault(record.topic(), record.topic());
    RecordKind kind = HeaderText.kindOf(record.headers());
    if (kind == null) {
      leaveOut(record, "no header says what it is");
      return;
    }
    switch (kind) {
      case DECISION -> addDecision(pipeline, record);
      case ANSWER -> addAnswer(pipeline, record);
      case REPEAT, CONFLICT, REFUSED, PROBE -> count(pipeline, kind.word(), "", 1);
    }
  }

  private void addDecision(String pipeline, ConsumerRecord<byte[], byte[]> record) {
    DecisionRow row;
    try {
      row = DecisionRow.read(record.value());
    } catch (IllegalArgumentException e) {
      leaveOut(record, Reason.of(e));
      return;
    }
    if (decisions.putIfAbsent(row.id(), row) != null) {
      again.add(row.id());
      count(pipeline, Totals.AGAIN, "", 1);
    }
  }

  private void addAnswer(String pipeline, ConsumerRecord<byte[], byte[]> record) {
    UUID id;
    FallbackAnswer answer;
    try {
      answer = FallbackAnswer.read(DecisionRow.present(record.value()));
      id = DecisionIds.of(answer.id());
    } catch (IllegalArgumentException e) {
      leaveOut(record, Reason.of(e));
      return;
    }
    answers.putIfAbsent(id, new String[] {pipeline, answer.answered()});
    count(pipeline, RecordKind.ANSWER.word(), answer.answered(), 1);
  }

  private void leaveOut(ConsumerRecord<byte[], byte[]> record, String reason) {
    unstored.add(
        new Unstored(record.topic(), record.partition(), record.offset(), reason, record.value()));
    count(pipelineOfTopic.getOrDefault(record.topic(), record.topic()), Totals.UNSTORED, "", 1);
  }

  /** Counts something of this batch. */
  void count(String pipeline, String kind, String name, long n) {
    counts.merge(new TotalKey(pipeline, kind, name), n, Long::sum);
  }

  /** The decisions, the first of each id, in the order of their partitions. */
  List<DecisionRow> decisions() {
    return new ArrayList<>(decisions.values());
  }

  Map<UUID, String[]> answers() {
    return answers;
  }

  Map<TotalKey, Long> counts() {
    return counts;
  }

  /** The offset behind the last record of each partition. */
  Map<TopicPartition, Long> next() {
    return next;
  }

  List<Unstored> unstored() {
    return unstored;
  }

  /** The ids that came more than once within the batch. */
  List<UUID> again() {
    return again;
  }

  /** What is counted. */
  record TotalKey(String pipeline, String kind, String name) implements Comparable<TotalKey> {
    @Override
    public int compareTo(TotalKey other) {
      int order = pipeline.compareTo(other.pipeline);
      order = order != 0 ? order : kind.compareTo(other.kind);
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  /** A record that could not be read. */
  record Unstored(
      String topic, int partition, long offset, String reason, byte @Nullable [] body) {}
}
