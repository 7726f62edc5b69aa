package io.vigia.flink;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Hands finished records to the Kafka sink; the key chooses the partition, as everywhere. */
final class OutputSerializer implements KafkaRecordSerializationSchema<Transit> {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Transit transit, KafkaSinkContext context, @Nullable Long timestamp) {
    OutputRecord output = Objects.requireNonNull(transit.output(), "rows are decided before");
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(output.topic(), null, output.key(), output.value());
    for (OutputRecord.Header header : output.headers()) {
      record.headers().add(header.name(), header.value().getBytes(StandardCharsets.UTF_8));
    }
    return record;
  }
}
