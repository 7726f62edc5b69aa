package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.feature.CalendarUnit;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What {@code usual} is, computed from all events up to a time. */
final class NaiveUsual {
  private NaiveUsual() {}

  static Object value(
      FeatureDefinition feature,
      List<Event> events,
      long end,
      BiFunction<Event, String, @Nullable Object> valueOf) {
    WindowDefinition window = feature.window();
    ZoneId zone = ZoneId.of(Objects.requireNonNull(window.zone()));
    long now = NaiveFeatures.startOf(window, end);
    long oldest =
        NaiveFeatures.startOf(
            window,
            Instant.ofEpochMilli(now)
                .atZone(zone)
                .minusDays(feature.parameter())
                .toInstant()
                .toEpochMilli());
    TreeMap<Long, List<Object>> periods = new TreeMap<>();
    for (Event event : events) {
      Object value =
          feature.arguments().isEmpty()
              ? Long.valueOf(1)
              : valueOf.apply(event, feature.arguments().get(0).value());
      long start = NaiveFeatures.startOf(window, event.timeMs());
      if (value != null && start >= oldest) {
        periods.computeIfAbsent(start, s -> new ArrayList<>()).add(value);
      }
    }
    List<Double> past = past(feature, periods, zone, now);
    double x = sum(periods.get(now));
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("score", null);
    parts.put("value", x);
    parts.put("expected", null);
    parts.put("periods", (long) past.size());
    if (past.size() >= 5) {
      double median = median(past);
      parts.put("expected", median);
      parts.put("score", score(x, median, past, feature.arguments().isEmpty()));
    }
    return parts;
  }

  private static List<Double> past(
      FeatureDefinition feature, NavigableMap<Long, List<Object>> periods, ZoneId zone, long now) {
    LocalDateTime local = Instant.ofEpochMilli(now).atZone(zone).toLocalDateTime();
    boolean hourly = feature.window().unit() == CalendarUnit.HOUR;
    List<Double> past = new ArrayList<>();
    for (long day = 1; day <= feature.parameter(); day++) {
      LocalDateTime then = local.minusDays(day);
      ZonedDateTime there = then.atZone(zone);
      boolean exists = there.toLocalDateTime().equals(then);
      boolean sameKind =
          (then.getDayOfWeek().getValue() > 5) == (local.getDayOfWeek().getValue() > 5);
      if (sameKind && (exists || !hourly)) {
        long start = NaiveFeatures.startOf(feature.window(), there.toInstant().toEpochMilli());
        if (!periods.isEmpty() && start > periods.firstKey()) {
          past.add(sum(periods.get(start)));
        }
      }
    }
    return past;
  }

  private static double sum(@Nullable List<Object> values) {
    return values == null ? 0 : NaiveFeatures.exact(values).doubleValue();
  }

  private static @Nullable Double score(double x, double median, List<Double> past, boolean count) {
    List<Double> distances = new ArrayList<>();
    past.forEach(value -> distances.add(Math.abs(value - median)));
    double spread = 1.4826 * median(distances);
    if (count) {
      spread = Math.max(spread, Math.sqrt(Math.max(median, 1)));
    } else if (spread == 0) {
      double sum = 0;
      for (double distance : distances) {
        sum += distance;
      }
      spread = 1.2533 * sum / distances.size();
    }
    if (x == median) {
      return 0.0;
    }
    return spread == 0 ? null : Double.valueOf((x - median) / spread);
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    int size = values.size();
    double low = values.get((size - 1) / 2);
    double high = values.get(size / 2);
    return size % 2 == 1 ? high : low / 2 + high / 2;
  }
}
