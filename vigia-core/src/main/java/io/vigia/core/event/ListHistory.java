package io.vigia.core.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All that has been said about the values of one list while its pipeline runs.
 *
 * <p><b>Shape.</b> A question names the time at which an event arrived; the answer is what had been
 * said by then, and is always the same once all changes up to that time are known.
 *
 * <p><b>Units and bounds.</b> O(1) for events that arrive after the newest change of their value,
 * and allocation-free, for values of one word even without an object of the value. Of one value the
 * newest {@value #CHANGES_MAX} changes at least are kept.
 *
 * <p>One thread writes, any number read.
 */
public final class ListHistory {
  /*
   * Each value has a chain of its changes, the newest first. A change is only ever put in front, so that a reader
   * sees one whole chain, the old one or the new one.
   */
  static final int CHANGES_MAX = 1_000;

  private final Map<Object, Node> newest = new ConcurrentHashMap<>();

  /** The same of values that have a word. */
  private final WordTable<Node> newestOfWord = new WordTable<>();

  /** The values in the order in which they were first named; read under its own lock. */
  private final List<Object> values = new ArrayList<>();

  private volatile boolean changed;

  private record Node(ListChange change, int length, @Nullable Node before) {}

  void add(ListChange change) {
    Node before = newest.get(change.value());
    if (before == null) {
      synchronized (values) {
        values.add(change.value());
      }
    }
    Node kept = before != null && before.length >= 2 * CHANGES_MAX ? shortened(before) : before;
    Node now = new Node(change, kept == null ? 1 : kept.length + 1, kept);
    newest.put(change.value(), now);
    Long word = WordTable.wordOf(change.value());
    if (word != null) {
      newestOfWord.put(word, now);
    }
    changed = true;
  }

  private static @Nullable Node shortened(Node whole) {
    List<ListChange> changes = new ArrayList<>();
    for (Node each = whole; each != null && changes.size() < CHANGES_MAX; each = each.before) {
      changes.add(each.change);
    }
    Node kept = null;
    for (int i = changes.size() - 1; i >= 0; i--) {
      kept = new Node(changes.get(i), changes.size() - i, kept);
    }
    return kept;
  }

  /** Whether anything has ever been said. */
  public boolean isChanged() {
    return changed;
  }

  /**
   * The change that counts for a value.
   *
   * @param value normal, as {@link ListChange#normal} makes it
   * @param arrivedMs when the event arrived
   * @return null when nothing had been said by then
   */
  public @Nullable ListChange asOf(Object value, long arrivedMs) {
    return asOf(newest.get(value), arrivedMs);
  }

  private static @Nullable ListChange asOf(@Nullable Node newest, long arrivedMs) {
    for (Node each = newest; each != null; each = each.before) {
      if (each.change.fromMs() <= arrivedMs) {
        return each.change;
      }
    }
    return null;
  }

  /**
   * Whether a value is in the list.
   *
   * @param declared whether the file has it
   * @param arrivedMs when the event arrived
   * @param timeMs the event's own time, by which changes end
   */
  public boolean contains(Object value, boolean declared, long arrivedMs, long timeMs) {
    return contains(asOf(value, arrivedMs), declared, timeMs);
  }

  /** The same for a value that has a word, as {@link WordTable} says. */
  public boolean contains(long word, boolean declared, long arrivedMs, long timeMs) {
    return contains(asOf(newestOfWord.get(word), arrivedMs), declared, timeMs);
  }

  private static boolean contains(@Nullable ListChange change, boolean declared, long timeMs) {
    if (change == null || !change.isInForce(timeMs)) {
      return declared;
    }
    return switch (change.kind()) {
      case ADDED -> true;
      case REMOVED -> false;
      case CLEARED -> declared;
    };
  }

  /** All values that were ever named, in the order in which that first happened. */
  public List<Object> values() {
    synchronized (values) {
      return List.copyOf(values);
    }
  }

  /** The newest change of a value; null when nothing was ever said about it. */
  public @Nullable ListChange newestOf(Object value) {
    Node node = newest.get(value);
    return node == null ? null : node.change;
  }

  /** All changes that are kept, those of each value in their order. */
  public List<ListChange> changes() {
    List<ListChange> all = new ArrayList<>();
    for (Object value : values()) {
      int from = all.size();
      for (Node each = newest.get(value); each != null; each = each.before) {
        all.add(from, each.change);
      }
    }
    return all;
  }
}
