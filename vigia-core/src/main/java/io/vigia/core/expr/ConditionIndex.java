package io.vigia.core.expr;

import io.vigia.core.event.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which of many conditions can be other than false for a row.
 *
 * <p><b>Shape.</b> Every field or feature that enough conditions compare with constants is a {@link
 * Dimension}, which knows the set of conditions that each of its values leaves possible. What all
 * dimensions leave possible has to be tested: conditions that compare nothing with constants, those
 * whose comparisons hold, and those of which a value is missing, since they may be unknown.
 *
 * <p><b>Units and bounds.</b> O(dimensions × conditions / 64) a row, one bit a condition; a
 * dimension takes at most {@value NumberDimension#BYTES_MAX} bytes and what its constants take.
 *
 * <p><b>Source.</b> Bitmap indices (O'Neil, Quass: Improved Query Performance with Variant Indexes,
 * SIGMOD 1997), turned around: indexed are the conditions, and the row is the query.
 */
final class ConditionIndex {
  /** Looking up a value costs about what so many conditions cost that are tested one by one. */
  private static final int WORTH_MIN = 4;

  private final long[] all;
  private final Dimension[] dimensions;

  private ConditionIndex(long[] all, List<Dimension> dimensions) {
    this.all = all;
    this.dimensions = dimensions.toArray(Dimension[]::new);
  }

  /**
   * @param left conditions that are never candidates, since they are tested by other means
   */
  static ConditionIndex of(List<CompiledCondition> conditions, int[] left) {
    long[] all = new long[(conditions.size() + 63) >>> 6];
    for (int i = 0; i < conditions.size(); i++) {
      all[i >>> 6] |= 1L << i;
    }
    for (int condition : left) {
      all[condition >>> 6] &= ~(1L << condition);
    }
    List<Dimension> dimensions = new ArrayList<>();
    byPlace(conditions)
        .values()
        .forEach(
            bound -> {
              if (bound.stream().mapToInt(Bound::condition).distinct().count() >= WORTH_MIN) {
                dimensions.add(Dimension.of(bound, conditions.size()));
              }
            });
    return new ConditionIndex(all, dimensions);
  }

  /** A comparison, and the condition that cannot be true without it. */
  record Bound(AccessPredicate predicate, int condition) {}

  private static Map<String, List<Bound>> byPlace(List<CompiledCondition> conditions) {
    Map<String, List<Bound>> byPlace = new LinkedHashMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      for (AccessPredicate predicate : AccessPredicate.of(conditions.get(i).expression())) {
        String place = predicate.slot().slots() + " " + predicate.slot().index();
        byPlace.computeIfAbsent(place, absent -> new ArrayList<>()).add(new Bound(predicate, i));
      }
    }
    return byPlace;
  }

  /** A bit for each condition that has to be tested. */
  long[] candidates(Slots event, Slots features) {
    long[] found = Arrays.copyOf(all, all.length);
    for (Dimension dimension : dimensions) {
      dimension.narrow(event, features, found);
    }
    return found;
  }
}
