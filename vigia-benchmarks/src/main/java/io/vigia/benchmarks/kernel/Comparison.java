package io.vigia.benchmarks.kernel;

import io.vigia.core.event.Event;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds the features of two contenders against each other, event by event; nothing is timed. */
final class Comparison {
  /** How far the mean of one who computes with doubles may lie from the exact one. */
  private static final double TOLERANCE = 1e-7;

  private Comparison() {}

  /** The first difference, or an empty text. */
  static String firstDifference(Contender one, Contender other, Event[] events) {
    try (Judge a = one.judges().get();
        Judge b = other.judges().get()) {
      for (Event event : events) {
        a.judge(event);
        b.judge(event);
        Map<String, @Nullable Object> left = a.features();
        Map<String, @Nullable Object> right = b.features();
        if (!left.keySet().equals(right.keySet())) {
          return "features " + left.keySet() + " and " + right.keySet();
        }
        for (Map.Entry<String, @Nullable Object> each : left.entrySet()) {
          Object found = right.get(each.getKey());
          if (!isSame(each.getValue(), found)) {
            return "%s at %s: %s has %s, %s has %s"
                .formatted(
                    each.getKey(), event.id(), one.name(), each.getValue(), other.name(), found);
          }
        }
      }
      return "";
    }
  }

  private static boolean isSame(@Nullable Object a, @Nullable Object b) {
    return a instanceof BigDecimal exact && b instanceof Double real
        ? Math.abs(exact.doubleValue() - real) <= TOLERANCE
        : Objects.equals(a, b);
  }
}
