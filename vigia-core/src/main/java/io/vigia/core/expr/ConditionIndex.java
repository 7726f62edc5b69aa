package io.vigia.core.expr;

import io.vigia.core.event.PackedDecimal;
import io.vigia.core.event.Slots;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tells which of many conditions can be other than false for a row.
 *
 * <p>Each condition is found by one of its comparisons; those that have none are always candidates.
 * Where the value of a comparison is missing its conditions are candidates too, since they may be
 * unknown.
 */
final class ConditionIndex {
  private final long[] always;
  private final List<Equals> equals = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();

  private ConditionIndex(int conditions) {
    always = new long[(conditions + 63) >>> 6];
  }

  /**
   * @param left conditions that are never candidates, since they are tested by other means
   */
  static ConditionIndex of(List<CompiledCondition> conditions, int[] left) {
    ConditionIndex index = new ConditionIndex(conditions.size());
    List<List<AccessPredicate>> offers =
        conditions.stream().map(each -> AccessPredicate.of(each.expression())).toList();
    Map<String, Integer> different = differentValues(offers);
    Map<String, Equals> equals = new LinkedHashMap<>();
    Map<String, Order> orders = new LinkedHashMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      int condition = i;
      if (Arrays.stream(left).anyMatch(other -> other == condition)) {
        continue;
      }
      AccessPredicate best =
          offers.get(i).stream()
              .max(
                  Comparator.comparing(AccessPredicate::isEquality)
                      .thenComparing(each -> Objects.requireNonNull(different.get(groupOf(each)))))
              .orElse(null);
      if (best == null) {
        index.always[i >>> 6] |= 1L << i;
      } else if (best.isEquality()) {
        equals.computeIfAbsent(groupOf(best), absent -> new Equals(best.slot())).add(best, i);
      } else {
        orders
            .computeIfAbsent(groupOf(best), absent -> new Order(best.slot(), best.sign()))
            .add(best, i);
      }
    }
    index.equals.addAll(equals.values());
    index.orders.addAll(orders.values());
    index.orders.forEach(Order::sort);
    return index;
  }

  /** The more different values a comparison has among the conditions, the fewer it lets through. */
  private static Map<String, Integer> differentValues(List<List<AccessPredicate>> offers) {
    Map<String, java.util.Set<Object>> values = new HashMap<>();
    offers.forEach(
        offer ->
            offer.forEach(
                each ->
                    values
                        .computeIfAbsent(groupOf(each), absent -> new java.util.HashSet<>())
                        .addAll(each.values())));
    Map<String, Integer> counts = new HashMap<>();
    values.forEach((group, set) -> counts.put(group, set.size()));
    return counts;
  }

  private static String groupOf(AccessPredicate predicate) {
    return predicate.slot().slots() + " " + predicate.slot().index() + " " + predicate.sign();
  }

  /** A bit for each condition that has to be tested. */
  long[] candidates(Slots event, Slots features) {
    long[] found = always.clone();
    for (Equals group : equals) {
      group.find(group.ofEvent ? event : features, found);
    }
    for (Order group : orders) {
      group.find(group.ofEvent ? event : features, found);
    }
    return found;
  }

  private static void mark(int condition, long[] found) {
    found[condition >>> 6] |= 1L << condition;
  }

  /** The conditions that compare one slot with equality. */
  private static final class Equals {
    private final boolean ofEvent;
    private final int slot;
    private final boolean isText;
    private final Map<Object, int[]> byValue = new HashMap<>();
    private int[] all = {};

    Equals(Scope.Slot slot) {
      this.ofEvent = slot.slots().equals("event");
      this.slot = slot.index();
      this.isText = slot.kind() == Kind.STRING;
    }

    void add(AccessPredicate predicate, int condition) {
      predicate.values().stream()
          .distinct()
          .forEach(value -> byValue.merge(value, new int[] {condition}, Equals::joined));
      all = joined(all, new int[] {condition});
    }

    private static int[] joined(int[] a, int[] b) {
      int[] joined = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, joined, a.length, b.length);
      return joined;
    }

    void find(Slots slots, long[] found) {
      int[] conditions = all;
      if (slots.has(slot)) {
        Object value = isText ? slots.held(slot) : (Object) slots.number(slot);
        conditions = byValue.get(value);
      }
      if (conditions != null) {
        for (int condition : conditions) {
          mark(condition, found);
        }
      }
    }
  }

  /** The conditions that compare one slot by one of the four orders, sorted by their constants. */
  private static final class Order {
    private final boolean ofEvent;
    private final int slot;
    private final Kind kind;
    private final boolean fromBelow;
    private final boolean equalsToo;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Object constant, int condition) {}

    Order(Scope.Slot slot, String sign) {
      this.ofEvent = slot.slots().equals("event");
      this.slot = slot.index();
      this.kind = slot.kind();
      this.fromBelow = sign.startsWith(">");
      this.equalsToo = sign.endsWith("=");
    }

    void add(AccessPredicate predicate, int condition) {
      entries.add(new Entry(predicate.values().get(0), condition));
    }

    /** So that the conditions that a value satisfies come first. */
    void sort() {
      Comparator<Entry> ascending = (a, b) -> compare(a.constant, b.constant);
      entries.sort(fromBelow ? ascending : ascending.reversed());
    }

    private int compare(Object a, Object b) {
      return switch (kind) {
        case INT -> Long.compare((Long) a, (Long) b);
        case DOUBLE -> Double.compare((Double) a + 0.0, (Double) b + 0.0);
        default -> ((BigDecimal) a).compareTo((BigDecimal) b);
      };
    }

    void find(Slots slots, long[] found) {
      boolean missing = !slots.has(slot);
      for (Entry entry : entries) {
        if (!missing && !holds(slots, entry.constant)) {
          return;
        }
        mark(entry.condition, found);
      }
    }

    private int order(Slots slots, BigDecimal constant) {
      int order = PackedDecimal.order(slots.number(slot), PackedDecimal.of(constant));
      return order == PackedDecimal.UNKNOWN ? slots.decimal(slot).compareTo(constant) : order;
    }

    /** NaN is on the side where nothing holds. */
    private int order(double value, double constant) {
      if (Double.isNaN(value)) {
        return fromBelow ? -1 : 1;
      }
      return value < constant ? -1 : value > constant ? 1 : 0;
    }

    private boolean holds(Slots slots, Object constant) {
      int order =
          switch (kind) {
            case INT -> Long.compare(slots.number(slot), (Long) constant);
            case DOUBLE -> order(slots.real(slot), (Double) constant);
            default -> order(slots, (BigDecimal) constant);
          };
      return order == 0 ? equalsToo : fromBelow == order > 0;
    }
  }
}
