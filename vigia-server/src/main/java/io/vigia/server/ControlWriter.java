package io.vigia.server;

import io.vigia.server.ingest.EventPublisher;
import io.vigia.server.live.ControlRecords;
import io.vigia.server.tick.LogClock;
import io.vigia.server.topic.ReplyAddress;
import io.vigia.wire.decision.Tick;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is no event into the event topics, probes and ticks, and notes what the log has taken
 * of it: its clock, and that these records are not counted as events.
 */
record ControlWriter(EventPublisher publisher, LogClock clock, ControlRecords controls) {
  void tick(TopicPartition partition, Tick tick, Callback done) {
    publisher.tick(
        partition,
        tick,
        (metadata, failure) -> {
          note(metadata, failure);
          done.onCompletion(metadata, failure);
        });
  }

  void probe(TopicPartition partition, ReplyAddress address, Runnable failed) {
    publisher.probe(
        partition,
        address,
        (metadata, failure) -> {
          note(metadata, failure);
          if (failure != null) {
            failed.run();
          }
        });
  }

  private void note(RecordMetadata metadata, @Nullable Exception failure) {
    if (failure == null) {
      clock.acknowledged(metadata.timestamp());
      controls.appended(
          new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset());
    }
  }
}
