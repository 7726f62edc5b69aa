package io.vigia.flink;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.flink.OutputRecord.Header;
import io.vigia.wire.decision.DecisionJson;
import io.vigia.wire.decision.KnownEvent;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.RecordKind;
import io.vigia.wire.event.JsonBytes;
import io.vigia.wire.event.ProblemJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records that a job writes: decisions and what stands in for them, and dead letters.
 *
 * <p>Owned by one thread, as each operator has its own.
 */
final class Outputs {
  private final String decisions;
  private final String deadLetters;
  private final CompiledPipeline pipeline;
  private final DecisionJson json;
  private final JsonBytes bytes = new JsonBytes();

  Outputs(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
    this.json = new DecisionJson(!pipeline.definition().lists().isEmpty());
    this.decisions = pipeline.name() + ".decisions";
    this.deadLetters = pipeline.name() + ".dead-letters";
  }

  OutputRecord decision(Decision decision, Row row) {
    return new OutputRecord(
        decisions,
        utf8(decision.event().key()),
        json.encode(decision, pipeline.passed(row), row.givenUp()),
        headers(RecordKind.DECISION, decision.id().toString(), row.replyTo()));
  }

  OutputRecord repeat(Row row) {
    return known(RecordKind.REPEAT, row);
  }

  /** The sender who waits is told; otherwise the event is a dead letter. */
  OutputRecord conflict(Row row) {
    if (row.replyTo() != null) {
      return known(RecordKind.CONFLICT, row);
    }
    String topic = pipeline.topicOf(row.event().stream());
    return new OutputRecord(
        deadLetters,
        utf8(row.event().key()),
        row.original(),
        List.of(
            new Header(RecordHeaders.REASON, ProblemCode.EVENT_CONFLICT.text()),
            new Header(
                RecordHeaders.MESSAGE,
                "id '" + row.event().id() + "' has come before with other content"),
            new Header(
                RecordHeaders.PLACE, place(topic, row.event().partition(), row.event().offset())),
            new Header(RecordHeaders.STREAM, row.event().stream().name())));
  }

  private OutputRecord known(RecordKind kind, Row row) {
    String id = pipeline.idOf(row.event()).toString();
    return new OutputRecord(
        decisions,
        utf8(row.event().key()),
        new KnownEvent(id, row.event().id(), row.event().stream().name()).encode(bytes),
        headers(kind, id, row.replyTo()));
  }

  /** The echo of a control record, under its own key. */
  OutputRecord probe(ConsumerRecord<byte[], byte[]> record, @Nullable String replyTo) {
    List<Header> headers = new ArrayList<>(headers(RecordKind.PROBE, null, replyTo));
    headers.add(new Header(RecordHeaders.CONTROL, RecordHeaders.CONTROL_PROBE));
    return new OutputRecord(decisions, record.key(), record.value(), headers);
  }

  /**
   * What becomes of a record that is no event of its stream: a dead letter, and word to who waits.
   */
  List<OutputRecord> refused(
      ConsumerRecord<byte[], byte[]> record,
      String stream,
      List<Problem> problems,
      @Nullable String replyTo) {
    List<OutputRecord> records = new ArrayList<>(2);
    Problem first = problems.get(0);
    records.add(
        new OutputRecord(
            deadLetters,
            record.key(),
            record.value(),
            List.of(
                new Header(RecordHeaders.REASON, first.code().text()),
                new Header(RecordHeaders.MESSAGE, first.message()),
                new Header(
                    RecordHeaders.PLACE,
                    place(record.topic(), record.partition(), record.offset())),
                new Header(RecordHeaders.STREAM, stream))));
    if (replyTo != null) {
      records.add(
          new OutputRecord(
              decisions,
              record.key(),
              ProblemJson.encode(problems, bytes),
              headers(RecordKind.REFUSED, null, replyTo)));
    }
    return records;
  }

  private static List<Header> headers(
      RecordKind kind, @Nullable String id, @Nullable String replyTo) {
    List<Header> headers = new ArrayList<>(3);
    headers.add(new Header(RecordHeaders.KIND, kind.word()));
    if (id != null) {
      headers.add(new Header(RecordHeaders.ID, id));
    }
    if (replyTo != null) {
      headers.add(new Header(RecordHeaders.REPLY, replyTo));
    }
    return headers;
  }

  private static String place(String topic, int partition, long offset) {
    return topic + "-" + partition + "@" + offset;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
