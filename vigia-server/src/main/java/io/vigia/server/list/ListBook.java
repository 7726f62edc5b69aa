package io.vigia.server.list;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListHistory;
import io.vigia.core.event.Lists;
import io.vigia.core.event.TextValue;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.problem.Text;
import io.vigia.wire.list.ListRecord;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The lists of one pipeline as they are known here.
 *
 * <p>One thread takes records in, any number ask.
 */
final class ListBook {
  private final String pipeline;
  private final Lists lists;
  private final Map<String, KnownList> byName = new LinkedHashMap<>();
  private final Map<String, FieldType> types = new LinkedHashMap<>();
  private volatile long position;

  ListBook(CompiledPipeline pipeline) {
    this.pipeline = pipeline.name();
    this.lists = pipeline.newLists();
    for (ListDefinition list : pipeline.definition().lists()) {
      String name = list.name().value();
      types.put(name, list.of());
      byName.put(
          name,
          new KnownList(
              this.pipeline,
              name,
              list.of(),
              declared(list),
              Objects.requireNonNull(lists.history(name))));
    }
  }

  /**
   * A list.
   *
   * <p><b>Shape.</b> {@code declared} are the values of the file, normal and in its order.
   */
  record KnownList(
      String pipeline, String name, FieldType type, Set<Object> declared, ListHistory history) {

    /** Whether an event of this moment would see a value in the list. */
    boolean contains(Object value, long nowMs) {
      return history.contains(value, declared.contains(value), Long.MAX_VALUE, nowMs);
    }
  }

  private static Set<Object> declared(ListDefinition list) {
    Set<Object> declared = new LinkedHashSet<>();
    for (Text text : list.values()) {
      Object value = TextValue.parse(list.of(), text.value());
      declared.add(ListChange.normal(Objects.requireNonNull(value)));
    }
    return declared;
  }

  String pipeline() {
    return pipeline;
  }

  Map<String, KnownList> lists() {
    return byName;
  }

  @Nullable KnownList list(String name) {
    return byName.get(name);
  }

  /** The offset behind the last record that was taken in. */
  long position() {
    return position;
  }

  void take(ConsumerRecord<byte[], byte[]> record) {
    ListChange change = ListRecord.read(record.key(), record.value(), record.timestamp(), types);
    if (change != null) {
      lists.apply(change);
    }
    position = record.offset() + 1;
  }
}
