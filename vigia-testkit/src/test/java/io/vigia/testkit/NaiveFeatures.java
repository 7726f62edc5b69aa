package io.vigia.testkit;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.WindowDefinition;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a feature is, computed from the list of all earlier events: the definition, against which
 * everything clever is held.
 */
final class NaiveFeatures {
  private final Map<String, FeatureDefinition> features = new LinkedHashMap<>();
  private final List<NaiveTable> tables;

  /** The value of each feature at each event when it came, which later features read. */
  private final IdentityHashMap<Event, Map<String, @Nullable Object>> known =
      new IdentityHashMap<>();

  NaiveFeatures(PipelineDefinition pipeline) {
    pipeline.features().forEach(feature -> features.put(feature.name().value(), feature));
    this.tables = pipeline.tables().stream().map(NaiveTable::new).toList();
  }

  /**
   * The values and the tables' columns at {@code current}, which is the last of {@code history};
   * null where one is missing.
   *
   * @param history all events that were not repeats, in the order of arrival
   */
  Map<String, @Nullable Object> values(List<Event> history, Event current) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    known.put(current, values);
    tables.forEach(table -> values.putAll(table.columns(history, current, this::passes)));
    features.forEach((name, feature) -> values.put(name, value(feature, history, current)));
    return values;
  }

  /** Takes what an engine has found for the truth, which later features then read. */
  void take(Event event, String name, @Nullable Object found) {
    known.computeIfAbsent(event, e -> new LinkedHashMap<>()).put(name, found);
  }

  /** The value that a feature would have with another window. */
  @Nullable Object value(
      FeatureDefinition feature, WindowDefinition window, List<Event> history, Event current) {
    return value(
        new FeatureDefinition(
            feature.name(),
            feature.on(),
            feature.by(),
            feature.aggregation(),
            feature.arguments(),
            feature.several(),
            feature.where(),
            window,
            feature.delayMs(),
            feature.excludeCurrent(),
            feature.parameter(),
            feature.condition()),
        history,
        current);
  }

  private @Nullable Object value(FeatureDefinition feature, List<Event> history, Event current) {
    List<String> key = keyOf(feature, current);
    if (key == null) {
      return null;
    }
    long end = current.timeMs() - feature.delayMs();
    List<Event> before = new ArrayList<>();
    for (Event event : history) {
      if (!(event.equals(current) && excludesCurrent(feature))
          && event.timeMs() <= end
          && event.stream().name().equals(feature.on().value())
          && key.equals(keyOf(feature, event))) {
        before.add(event);
      }
    }
    // Stable: of equal times the order of arrival stays.
    before.sort(Comparator.comparingLong(Event::timeMs));
    return feature.aggregation() == Aggregation.USUAL
        ? NaiveUsual.value(feature, passing(feature, before), end, this::value)
        : aggregate(feature, window(feature, before, end), end);
  }

  private List<Event> passing(FeatureDefinition feature, List<Event> events) {
    return events.stream().filter(event -> passes(feature.where(), event)).toList();
  }

  private List<Event> window(FeatureDefinition feature, List<Event> before, long end) {
    WindowDefinition window = feature.window();
    return switch (window.kind()) {
      case EVER -> passing(feature, before);
      case LOOK_BACK -> {
        long resolution = Math.max(1, window.resolutionMs());
        long from = Math.floorDiv(end - window.size(), resolution) * resolution;
        yield since(passing(feature, before), from + 1);
      }
      case CALENDAR -> since(passing(feature, before), startOf(window, end));
      case LAST_EVENTS -> {
        List<Event> passing = passing(feature, before);
        yield passing.subList((int) Math.max(0, passing.size() - window.size()), passing.size());
      }
      case SESSION -> {
        int from = before.size();
        long next = end;
        while (from > 0 && before.get(from - 1).timeMs() > next - window.size()) {
          next = before.get(--from).timeMs();
        }
        yield passing(feature, before.subList(from, before.size()));
      }
    };
  }

  private static List<Event> since(List<Event> events, long timeMs) {
    return events.stream().filter(event -> event.timeMs() >= timeMs).toList();
  }

  /** The beginning of the calendar period of a time. */
  static long startOf(WindowDefinition window, long timeMs) {
    ZonedDateTime local =
        Instant.ofEpochMilli(timeMs).atZone(ZoneId.of(Objects.requireNonNull(window.zone())));
    ZonedDateTime day = local.toLocalDate().atStartOfDay(local.getZone());
    ZonedDateTime start =
        switch (Objects.requireNonNull(window.unit())) {
          case HOUR -> hourOf(local);
          case DAY -> day;
          case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1);
          case MONTH -> day.minusDays(day.getDayOfMonth() - 1);
        };
    return start.toInstant().toEpochMilli();
  }

  /** Back by minutes as long as the local hour and the offset stay the same. */
  private static ZonedDateTime hourOf(ZonedDateTime local) {
    ZonedDateTime start = local.truncatedTo(ChronoUnit.MINUTES);
    while (true) {
      ZonedDateTime before = start.minusMinutes(1);
      if (before.getHour() != local.getHour() || !before.getOffset().equals(local.getOffset())) {
        return start;
      }
      start = before;
    }
  }

  private static boolean excludesCurrent(FeatureDefinition feature) {
    return feature.excludeCurrent() || feature.aggregation() == Aggregation.PREVIOUS;
  }

  static @Nullable List<String> keyOf(FeatureDefinition feature, Event event) {
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

  /** Whether an event fulfils one of the conditions that random pipelines have. */
  boolean passes(@Nullable Text where, Event event) {
    if (where == null) {
      return true;
    }
    return switch (where.value()) {
      case "event.i > 0" -> (Long) Objects.requireNonNull(value(event, "i")) > 0;
      case "event.s in lists.good" ->
          Set.of("s0", "s1").contains(String.valueOf(value(event, "s")));
      case "event.d < 0.5" -> value(event, "d") instanceof Double d && d < 0.5;
      case "event.m >= 0" -> value(event, "m") instanceof BigDecimal m && m.signum() >= 0;
      case "event.b", "tables.rows.b" ->
          Boolean.TRUE.equals(value(event, where.value().replace("event.", "")));
      case "has(tables.rows)" -> value(event, "tables.rows") != null;
      case "!has(tables.rows)" -> value(event, "tables.rows") == null;
      default -> compares(where.value(), event);
    };
  }

  /** A feature or a column against a number, {@code f1 > 2}; false where it is missing. */
  private boolean compares(String where, Event event) {
    String[] sides = where.split(" > ", -1);
    Object value = Objects.requireNonNull(known.get(event)).get(sides[0]);
    return value instanceof Double real
        ? real > Double.parseDouble(sides[1])
        : value != null && exact(value).compareTo(new BigDecimal(sides[1])) > 0;
  }

  private @Nullable Object value(Event event, String field) {
    StreamSchema stream = event.stream();
    int slot = stream.find(field);
    if (slot < 0) {
      Object value = Objects.requireNonNull(known.get(event)).get(field);
      return value instanceof Double real && !(Math.abs(real) <= 1e300) ? null : value;
    }
    Slots values = event.values();
    return values.boxed(slot, stream.type(slot));
  }

  private @Nullable Object aggregate(FeatureDefinition feature, List<Event> window, long end) {
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
      case VARIANCE -> variance(values);
      case STDDEV -> {
        Double variance = variance(values);
        yield variance == null ? null : Math.sqrt(variance);
      }
      case RATE -> window.size() / ((double) feature.window().size() / feature.parameter());
      case RATIO ->
          window.isEmpty()
              ? null
              : (double) window.stream().filter(e -> passes(feature.condition(), e)).count()
                  / window.size();
      case PERCENTILE -> percentile(values, feature.parameter());
      case TOP -> top(values, (int) feature.parameter());
      case EWMA -> ewma(feature, window, end);
      case USUAL -> throw new IllegalArgumentException("usual is not of one window");
    };
  }

  /** In exact arithmetic, rounded as {@code Dispersion} says. */
  private static @Nullable Double variance(List<Object> values) {
    if (values.size() < 2) {
      return null;
    }
    BigDecimal count = BigDecimal.valueOf(values.size());
    BigDecimal sum = exact(values);
    BigDecimal squares = BigDecimal.ZERO;
    for (Object value : values) {
      squares = squares.add(exact(value).multiply(exact(value)));
    }
    double numerator =
        squares.multiply(count).subtract(sum.multiply(sum)).stripTrailingZeros().doubleValue();
    return numerator / ((double) values.size() * (values.size() - 1));
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object percentile(List<Object> values, long part) {
    if (values.isEmpty()) {
      return null;
    }
    List<Comparable<Object>> sorted = new ArrayList<>();
    values.forEach(value -> sorted.add((Comparable<Object>) value));
    sorted.sort(Comparator.naturalOrder());
    return sorted.get((int) Math.ceil(part * values.size() / 100_000.0) - 1);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object top(List<Object> values, int places) {
    if (values.isEmpty()) {
      return null;
    }
    Map<Object, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(shortest(value), 1L, Long::sum));
    List<Map.Entry<Object, Long>> ordered = new ArrayList<>(counts.entrySet());
    // Stable: of equal counts the order of the values stays.
    ordered.sort(Comparator.comparing((Map.Entry<Object, Long> e) -> -e.getValue()));
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    for (int place = 0; place < places; place++) {
      String suffix = place == 0 ? "" : "_" + (place + 1);
      boolean there = place < ordered.size();
      parts.put("value" + suffix, there ? ordered.get(place).getKey() : null);
      parts.put("count" + suffix, there ? ordered.get(place).getValue() : null);
      parts.put(
          "share" + suffix, there ? (double) ordered.get(place).getValue() / values.size() : null);
    }
    return parts;
  }

  private static Object shortest(Object value) {
    if (value instanceof BigDecimal decimal) {
      BigDecimal stripped = decimal.stripTrailingZeros();
      return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
    return value;
  }

  /** The definition of {@code DecayedMean}, its sums by epoch in exact arithmetic. */
  private @Nullable Double ewma(FeatureDefinition feature, List<Event> window, long end) {
    long halfLife = feature.parameter();
    long span = 16 * halfLife;
    long newest = Math.floorDiv(end, span);
    Map<Long, List<Object>> values = new TreeMap<>();
    Map<Long, List<Object>> weights = new TreeMap<>();
    for (Event event : window) {
      Object value = value(event, feature.arguments().get(0).value());
      long epoch = Math.floorDiv(event.timeMs(), span);
      if (value != null && epoch > newest - 8) {
        double weight =
            StrictMath.pow(2, -(double) ((epoch + 1) * span - event.timeMs()) / halfLife);
        double number = ((Number) value).doubleValue();
        values.computeIfAbsent(epoch, e -> new ArrayList<>()).add(number * weight);
        weights.computeIfAbsent(epoch, e -> new ArrayList<>()).add(weight);
      }
    }
    return weights.isEmpty() ? null : decayed(values, newest) / decayed(weights, newest);
  }

  private static double decayed(Map<Long, List<Object>> sums, long newest) {
    List<Object> scaled = new ArrayList<>();
    sums.forEach(
        (epoch, of) -> scaled.add(exact(of).doubleValue() * Math.pow(2, -16.0 * (newest - epoch))));
    return exact(scaled).doubleValue();
  }

  private FieldType typeOf(FeatureDefinition feature) {
    String argument = feature.arguments().get(0).value();
    FeatureDefinition read = features.get(argument);
    String field = argument.replace("tables.rows.", "");
    return switch (read == null ? field : typeOfValue(read)) {
      case "i" -> FieldType.INT;
      case "d" -> FieldType.DOUBLE;
      default -> FieldType.DECIMAL;
    };
  }

  /** The name of a field of the type that a feature gives. */
  private String typeOfValue(FeatureDefinition feature) {
    return switch (feature.aggregation()) {
      case COUNT, COUNT_DISTINCT -> "i";
      case VARIANCE, STDDEV, RATE, RATIO, EWMA, USUAL -> "d";
      case MEAN -> typeOf(feature) == FieldType.DECIMAL ? "m" : "d";
      case SUM, MIN, MAX, FIRST, LAST, PREVIOUS, PERCENTILE, TOP ->
          switch (typeOf(feature)) {
            case INT -> "i";
            case DOUBLE -> "d";
            default -> "m";
          };
    };
  }

  private Object sum(List<Object> values, FieldType type) {
    return switch (type) {
      case INT -> values.stream().mapToLong(v -> (Long) v).sum();
      case DOUBLE -> exact(values).doubleValue();
      default -> exact(values);
    };
  }

  static BigDecimal exact(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = sum.add(exact(value));
    }
    return sum;
  }

  static BigDecimal exact(Object value) {
    if (value instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    return value instanceof Double d ? new BigDecimal(d) : (BigDecimal) value;
  }

  private @Nullable Object mean(List<Object> values, FieldType type) {
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

  private @Nullable Object parts(FeatureDefinition feature, Event event) {
    if (!feature.several()) {
      return value(event, feature.arguments().get(0).value());
    }
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    feature.arguments().forEach(field -> parts.put(field.value(), value(event, field.value())));
    return parts.values().stream().allMatch(Objects::isNull) ? null : parts;
  }
}
