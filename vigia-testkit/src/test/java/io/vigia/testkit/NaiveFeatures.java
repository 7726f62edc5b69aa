package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a feature is, computed from the list of all earlier events: the definition, against which
 * everything clever is held.
 */
final class NaiveFeatures {
  private NaiveFeatures() {}

  /**
   * The value at {@code current}, which is the last of {@code history}; null when it is missing.
   *
   * @param history all events that were not repeats, in the order of arrival
   */
  static @Nullable Object value(FeatureDefinition feature, List<Event> history, Event current) {
    List<String> key = keyOf(feature, current);
    if (key == null) {
      return null;
    }
    List<Event> window = new ArrayList<>();
    for (Event event : history) {
      if (event.equals(current) && excludesCurrent(feature)) {
        continue;
      }
      long end = current.timeMs() - feature.delayMs();
      boolean inTime =
          event.timeMs() <= end
              && (feature.overMs() == FeatureDefinition.UNBOUNDED
                  || event.timeMs() > end - feature.overMs());
      if (inTime
          && event.stream().name().equals(feature.on().value())
          && key.equals(keyOf(feature, event))
          && passes(feature.where(), event)) {
        window.add(event);
      }
    }
    // Stable: of equal times the order of arrival stays.
    window.sort(Comparator.comparingLong(Event::timeMs));
    return aggregate(feature, window);
  }

  private static boolean excludesCurrent(FeatureDefinition feature) {
    return feature.excludeCurrent() || feature.aggregation() == Aggregation.PREVIOUS;
  }

  private static @Nullable List<String> keyOf(FeatureDefinition feature, Event event) {
    List<String> key = new ArrayList<>();
    for (Text field : feature.by()) {
      int slot = event.stream().find(field.value());
      if (slot < 0 || !event.values().has(slot)) {
        return null;
      }
      key.add(Objects.toString(event.values().object(slot)));
    }
    return key;
  }

  private static boolean passes(@Nullable Text where, Event event) {
    if (where == null) {
      return true;
    }
    return switch (where.value()) {
      case "event.i > 0" -> (Long) Objects.requireNonNull(value(event, "i")) > 0;
      case "event.s in lists.good" ->
          Set.of("s0", "s1").contains(String.valueOf(value(event, "s")));
      case "event.d < 0.5" -> value(event, "d") instanceof Double d && d < 0.5;
      case "event.m >= 0" -> value(event, "m") instanceof BigDecimal m && m.signum() >= 0;
      default -> throw new IllegalArgumentException(where.value());
    };
  }

  private static @Nullable Object value(Event event, String field) {
    StreamSchema stream = event.stream();
    int slot = stream.position(field);
    Slots values = event.values();
    return values.boxed(slot, stream.type(slot));
  }

  private static @Nullable Object aggregate(FeatureDefinition feature, List<Event> window) {
    List<Object> values = new ArrayList<>();
    if (!feature.arguments().isEmpty()) {
      for (Event event : window) {
        Object value = value(event, feature.arguments().get(0).value());
        if (value != null) {
          values.add(value);
        }
      }
    }
    return switch (feature.aggregation()) {
      case COUNT -> (long) window.size();
      case SUM -> sum(values, typeOf(feature));
      case MEAN -> mean(values, typeOf(feature));
      case MIN -> extreme(values, 1);
      case MAX -> extreme(values, -1);
      case COUNT_DISTINCT -> distinct(values);
      case FIRST -> window.isEmpty() ? null : parts(feature, window.get(0));
      case LAST, PREVIOUS ->
          window.isEmpty() ? null : parts(feature, window.get(window.size() - 1));
    };
  }

  private static FieldType typeOf(FeatureDefinition feature) {
    return switch (feature.arguments().get(0).value()) {
      case "i" -> FieldType.INT;
      case "d" -> FieldType.DOUBLE;
      default -> FieldType.DECIMAL;
    };
  }

  private static Object sum(List<Object> values, FieldType type) {
    return switch (type) {
      case INT -> values.stream().mapToLong(v -> (Long) v).sum();
      case DOUBLE -> exact(values).doubleValue();
      default -> exact(values);
    };
  }

  private static BigDecimal exact(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = sum.add(value instanceof Double d ? new BigDecimal(d) : (BigDecimal) value);
    }
    return sum;
  }

  private static @Nullable Object mean(List<Object> values, FieldType type) {
    if (values.isEmpty()) {
      return null;
    }
    int count = values.size();
    return switch (type) {
      case INT -> (double) (Long) sum(values, type) / count;
      case DOUBLE -> (Double) sum(values, type) / count;
      default -> {
        BigDecimal sum = exact(values);
        yield sum.divide(BigDecimal.valueOf(count), sum.scale() + 6, RoundingMode.HALF_EVEN);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object extreme(List<Object> values, int sign) {
    return values.stream().min((a, b) -> sign * ((Comparable<Object>) a).compareTo(b)).orElse(null);
  }

  private static long distinct(List<Object> values) {
    Set<Object> distinct = new HashSet<>();
    values.forEach(v -> distinct.add(v instanceof BigDecimal m ? m.stripTrailingZeros() : v));
    return distinct.size();
  }

  private static @Nullable Object parts(FeatureDefinition feature, Event event) {
    if (!feature.several()) {
      return value(event, feature.arguments().get(0).value());
    }
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    feature.arguments().forEach(field -> parts.put(field.value(), value(event, field.value())));
    return parts.values().stream().allMatch(Objects::isNull) ? null : parts;
  }
}
