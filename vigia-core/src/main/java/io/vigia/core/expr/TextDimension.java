package io.vigia.core.expr;

import io.vigia.core.event.Slots;
import io.vigia.core.expr.ConditionIndex.Bound;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A text that conditions compare for equality. */
final class TextDimension extends Dimension {
  private static final int[] NONE = {};

  private final long[] others;

  /** By value: the conditions that it leaves possible, ascending. */
  private final Map<String, int[]> possible = new HashMap<>();

  TextDimension(Scope.Slot slot, List<Bound> bound, int conditions) {
    super(slot);
    this.others = others(bound, conditions);
    Map<Integer, Set<Object>> values = new TreeMap<>();
    for (Bound each : bound) {
      Set<Object> own = new HashSet<>(each.predicate().values());
      // Of two equalities in one condition both have to hold.
      values.merge(each.condition(), own, TextDimension::both);
    }
    values.forEach(
        (condition, own) ->
            own.forEach(
                value ->
                    possible.merge((String) value, new int[] {condition}, TextDimension::join)));
  }

  private static Set<Object> both(Set<Object> a, Set<Object> b) {
    Set<Object> both = new HashSet<>(a);
    both.retainAll(b);
    return both;
  }

  private static int[] join(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  @Override
  void narrow(Slots slots, long[] found) {
    int[] own = possible.getOrDefault((String) slots.held(slot), NONE);
    int next = 0;
    for (int word = 0; word < found.length; word++) {
      long mask = others[word];
      while (next < own.length && own[next] >>> 6 == word) {
        mask |= 1L << own[next++];
      }
      found[word] &= mask;
    }
  }
}
