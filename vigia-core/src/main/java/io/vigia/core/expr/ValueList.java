package io.vigia.core.expr;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListHistory;
import io.vigia.core.event.Lists;
import io.vigia.core.event.WordTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A named list of values that expressions test membership of, by hash.
 *
 * <p>Decimals are members when they are equal as numbers. These are the values that the file
 * declares; what {@link Lists} say of them while the pipeline runs stands above.
 */
public final class ValueList {
  private static final int NO_POSITION = -1;

  private final String name;
  private final int position;
  private final FieldType of;
  private final List<Object> values;
  private final Set<Object> members = new LinkedHashSet<>();

  /** The members that have a word. */
  private final WordTable<Object> words = new WordTable<>();

  /** A list of values as {@link io.vigia.core.event.TextValue#parse} gives them. */
  public ValueList(String name, FieldType of, Collection<?> values) {
    this(name, NO_POSITION, of, values);
  }

  /**
   * @param position that of the list in its file, under which {@link Lists} know it
   */
  public ValueList(String name, int position, FieldType of, Collection<?> values) {
    this.name = name;
    this.position = position;
    this.of = of;
    this.values = List.copyOf(values);
    for (Object value : this.values) {
      members.add(ListChange.normal(value));
      Long word = WordTable.wordOf(value);
      if (word != null) {
        words.put(word, value);
      }
    }
  }

  public String name() {
    return name;
  }

  public FieldType of() {
    return of;
  }

  public int size() {
    return values.size();
  }

  Object get(int index) {
    return values.get(index);
  }

  boolean contains(Object value) {
    return members.contains(ListChange.normal(value));
  }

  /** The same for a value that has a word, as {@link WordTable} says. */
  boolean containsWord(long word) {
    return words.get(word) != null;
  }

  /** The same for a value that has a word, as an event sees it. */
  boolean containsWord(long word, Lists lists, long arrivedMs, long timeMs) {
    boolean declared = containsWord(word);
    ListHistory history = lists.changed(position);
    return history == null ? declared : history.contains(word, declared, arrivedMs, timeMs);
  }

  /**
   * Whether an event sees a value in the list.
   *
   * @param arrivedMs when the event arrived
   * @param timeMs the event's own time
   */
  boolean contains(Object value, Lists lists, long arrivedMs, long timeMs) {
    Object normal = ListChange.normal(value);
    boolean declared = members.contains(normal);
    ListHistory history = lists.changed(position);
    return history == null ? declared : history.contains(normal, declared, arrivedMs, timeMs);
  }

  /**
   * The list as an event sees it: the file's values and then those that were added, each as long as
   * it is a member. O(values) once something has been changed about it.
   */
  ValueList asOf(Lists lists, long arrivedMs, long timeMs) {
    ListHistory history = lists.changed(position);
    if (history == null) {
      return this;
    }
    List<Object> seen = new ArrayList<>();
    for (Object value : values) {
      if (history.contains(ListChange.normal(value), true, arrivedMs, timeMs)) {
        seen.add(value);
      }
    }
    for (Object value : history.values()) {
      if (!members.contains(value) && history.contains(value, false, arrivedMs, timeMs)) {
        seen.add(value);
      }
    }
    return new ValueList(name, of, seen);
  }
}
