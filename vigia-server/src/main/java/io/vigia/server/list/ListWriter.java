package io.vigia.server.list;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vigia.core.event.ListChange;
import io.vigia.server.list.ListDirectory.Found;
import io.vigia.wire.event.JsonBytes;
import io.vigia.wire.list.ListEntry;
import io.vigia.wire.list.ListRecord;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Appends changes of lists to their topic.
 *
 * <p>A writing is done when its changes have taken effect, so that whoever is told so and then
 * sends an event has it judged by them.
 */
final class ListWriter {
  private static final long LOOK_MS = 10;
  private static final long KNOWN_MS_MAX = 2_000;

  private final Vertx vertx;
  private final Producer<byte[], byte[]> producer;

  ListWriter(Vertx vertx, Producer<byte[], byte[]> producer) {
    this.vertx = vertx;
    this.producer = producer;
  }

  /**
   * Writes entries in their order; blocks while the log has no room.
   *
   * @return when they took effect, epoch milliseconds; fails when the log did not acknowledge them
   *     all
   */
  Future<Long> write(Found found, List<ListEntry> entries) {
    Promise<RecordMetadata> acknowledged = Promise.promise();
    Acknowledgements rest = new Acknowledgements(entries.size(), acknowledged);
    JsonBytes bytes = new JsonBytes();
    for (ListEntry entry : entries) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              found.topic(),
              0,
              ListRecord.key(found.list().name(), entry.value()),
              ListRecord.value(entry.kind(), entry.untilMs(), entry.note(), bytes));
      var unused = producer.send(record, rest::take); // the callback is told
    }
    return acknowledged.future().compose(last -> effective(found, last));
  }

  /** Counts what is still to come, and keeps the last of what has. */
  private static final class Acknowledgements {
    private final AtomicInteger open;
    private final AtomicLong lastOffset = new AtomicLong(-1);
    private final Promise<RecordMetadata> all;
    private volatile @Nullable RecordMetadata last;

    Acknowledgements(int count, Promise<RecordMetadata> all) {
      this.open = new AtomicInteger(count);
      this.all = all;
    }

    void take(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      if (failure != null || metadata == null) {
        all.tryFail(failure == null ? new IllegalStateException("no acknowledgement") : failure);
        return;
      }
      if (lastOffset.accumulateAndGet(metadata.offset(), Math::max) == metadata.offset()) {
        last = metadata;
      }
      RecordMetadata newest = last;
      if (open.decrementAndGet() == 0 && newest != null) {
        all.tryComplete(newest);
      }
    }
  }

  private Future<Long> effective(Found found, RecordMetadata last) {
    Promise<Long> done = Promise.promise();
    long from = last.timestamp() + ListChange.EFFECT_MS;
    vertx.setTimer(
        ListChange.EFFECT_MS, fired -> look(found, last.offset(), from, KNOWN_MS_MAX, done));
    return done.future();
  }

  /** Waits until it is known here as well, so that who asks next sees it. */
  private void look(Found found, long offset, long from, long restMs, Promise<Long> done) {
    if (found.book().position() > offset || restMs <= 0) {
      done.complete(from);
    } else {
      vertx.setTimer(LOOK_MS, fired -> look(found, offset, from, restMs - LOOK_MS, done));
    }
  }
}
