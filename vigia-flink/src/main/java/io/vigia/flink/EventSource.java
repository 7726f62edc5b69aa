package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.Tick;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventAge;
import io.vigia.wire.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of all streams' topics into rows: the same bytes through the same decoder as at
 * the gateway.
 *
 * <p><b>Errors.</b> A record that is no event of its stream, or that is outside {@code max_age} and
 * {@code max_ahead} by the time it was appended, becomes a dead letter; nothing stops the job.
 */
final class EventSource implements KafkaRecordDeserializationSchema<Transit> {
  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY = new byte[0];

  private final Versioned pipeline;
  private transient @Nullable Decoding decoding;

  EventSource(Versioned pipeline) {
    this.pipeline = pipeline;
  }

  /** What is made once on the worker. */
  private record Decoding(
      CompiledPipeline pipeline, Map<String, EventDecoder> byTopic, Outputs outputs) {}

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    CompiledPipeline compiled = pipeline.compile();
    Map<String, EventDecoder> byTopic = new HashMap<>();
    for (StreamSchema stream : compiled.streams()) {
      byTopic.put(compiled.topicOf(stream), new EventDecoder(stream));
    }
    decoding = new Decoding(compiled, byTopic, new Outputs(compiled));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Transit> out) {
    Decoding with = Objects.requireNonNull(decoding, "open comes first");
    String replyTo = header(record, RecordHeaders.REPLY);
    EventDecoder decoder = Objects.requireNonNull(with.byTopic.get(record.topic()));
    String control = header(record, RecordHeaders.CONTROL);
    if (control != null) {
      OutputRecord echo = with.outputs.probe(record, replyTo);
      out.collect(Transit.of(echo, passedMs(record, control, with.pipeline, decoder.stream())));
      return;
    }
    Problems problems = new Problems();
    Event event = decode(decoder, record, problems);
    if (event == null || !EventAge.isTaken(event, problems)) {
      with.outputs
          .refused(record, decoder.stream().name(), problems.sorted(), replyTo)
          .forEach(refused -> out.collect(Transit.of(refused)));
      return;
    }
    Row row = with.pipeline.row(event, pipeline.version(), replyTo);
    row.keepOriginal(record.value());
    out.collect(Transit.of(row));
  }

  /** The time up to which all events of the partition have come, where a tick of ours says so. */
  private static long passedMs(
      ConsumerRecord<byte[], byte[]> record,
      String control,
      CompiledPipeline pipeline,
      StreamSchema stream) {
    Tick tick =
        Tick.of(control, header(record, RecordHeaders.MARK), header(record, RecordHeaders.STREAM));
    if (tick == null
        || !pipeline.isTimed(stream)
        || !tick.stream().equals(Tick.streamOf(pipeline.name(), stream.name()))) {
      return Long.MIN_VALUE;
    }
    return tick.markMs() - stream.definition().outOfOrderMs();
  }

  private static @Nullable Event decode(
      EventDecoder decoder, ConsumerRecord<byte[], byte[]> record, Problems problems) {
    String stream = decoder.stream().name();
    Envelope envelope =
        Envelope.ofAttributes(
            header(record, RecordHeaders.CE_SPEC_VERSION),
            header(record, RecordHeaders.CE_SOURCE),
            header(record, RecordHeaders.CE_ID),
            header(record, RecordHeaders.CE_TYPE),
            header(record, RecordHeaders.CE_TIME),
            stream,
            problems);
    if (envelope == null) {
      return null;
    }
    byte[] value = record.value() == null ? EMPTY : record.value();
    return decoder.decodeJson(
        value,
        0,
        value.length,
        envelope,
        record.timestamp(),
        record.partition(),
        record.offset(),
        problems);
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public TypeInformation<Transit> getProducedType() {
    return new TransitType(pipeline);
  }

  /** The topics of all streams. */
  static List<String> topicsOf(CompiledPipeline pipeline) {
    return pipeline.streams().stream().map(pipeline::topicOf).toList();
  }
}
