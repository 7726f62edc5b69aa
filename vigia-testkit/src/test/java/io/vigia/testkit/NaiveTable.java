package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What a table's row is at an event, looked up in the list of all earlier ones. */
final class NaiveTable {
  private final TableDefinition table;

  NaiveTable(TableDefinition table) {
    this.table = table;
  }

  /**
   * The row's columns by their path, and under the table's own whether there is one; null where
   * something is missing.
   *
   * @param history all events up to {@code current} in the order of arrival
   * @param passes whether an event fulfils a condition
   */
  Map<String, @Nullable Object> columns(
      List<Event> history, Event current, BiPredicate<@Nullable Text, Event> passes) {
    Event row = row(history, current, passes);
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put(table.path(), row == null ? null : Boolean.TRUE);
    for (String field : List.of("i", "d", "m", "s", "u", "b")) {
      columns.put(table.path() + "." + field, row == null ? null : value(row, field));
    }
    return columns;
  }

  /** Of several of the newest time, the one that came last. */
  private @Nullable Event row(
      List<Event> history, Event current, BiPredicate<@Nullable Text, Event> passes) {
    List<String> key = isChange(current) ? key(table.key(), current) : key(table.readBy(), current);
    Event newest = null;
    for (Event event : history) {
      if (isChange(event)
          && key != null
          && key.equals(key(table.key(), event))
          && event.timeMs() <= current.timeMs()
          && (newest == null || event.timeMs() >= newest.timeMs())) {
        newest = event;
      }
    }
    boolean over =
        newest != null
            && ((table.deleteWhen() != null && passes.test(table.deleteWhen(), newest))
                || (table.expiresMs() > 0
                    && current.timeMs() - newest.timeMs() >= table.expiresMs()));
    return over ? null : newest;
  }

  private boolean isChange(Event event) {
    return event.stream().name().equals(table.on().value());
  }

  private static @Nullable List<String> key(List<Text> fields, Event event) {
    List<String> key = new ArrayList<>();
    for (Text field : fields) {
      Object value = value(event, field.value());
      if (value == null) {
        return null;
      }
      key.add(Objects.toString(value));
    }
    return key;
  }

  private static @Nullable Object value(Event event, String field) {
    StreamSchema stream = event.stream();
    int slot = stream.find(field);
    return slot < 0 ? null : event.values().boxed(slot, stream.type(slot));
  }
}
