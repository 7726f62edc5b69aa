package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Condition;
import io.vigia.core.feature.EntityFeatures.Endless;
import io.vigia.core.feature.EntityFeatures.Feed;
import io.vigia.core.feature.EntityFeatures.Reading;
import io.vigia.core.feature.EntityFeatures.Window;
import io.vigia.core.state.LogLayout;
import io.vigia.core.state.StateInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans the features of one entity: which fields and filters each stream's log keeps, and which
 * windows share a stretch of it.
 *
 * <p>The definitions have been checked by {@link FeatureChecker}.
 */
public final class FeatureCompiler {
  private final List<StreamSchema> streams;
  private final List<Feature> features = new ArrayList<>();
  private final Map<Integer, LogPlan> logs = new LinkedHashMap<>();
  private final Map<Stretch, List<Reading>> windows = new LinkedHashMap<>();
  private final List<Endless> endless = new ArrayList<>();
  private final List<PlannedFeature> planned = new ArrayList<>();

  public FeatureCompiler(List<StreamSchema> streams) {
    this.streams = List.copyOf(streams);
  }

  /** The log of one stream while it is being planned. */
  private static final class LogPlan {
    final int ordinal;
    final StreamSchema stream;
    final List<Integer> fields = new ArrayList<>();
    final Map<String, Integer> filterIndex = new LinkedHashMap<>();
    final List<Condition> filters = new ArrayList<>();

    LogPlan(int ordinal, StreamSchema stream) {
      this.ordinal = ordinal;
      this.stream = stream;
    }

    int column(int field) {
      int column = fields.indexOf(field);
      if (column < 0) {
        fields.add(field);
        column = fields.size() - 1;
      }
      return column;
    }

    int filter(String text, Condition condition) {
      return filterIndex.computeIfAbsent(
          text,
          t -> {
            filters.add(condition);
            return filters.size() - 1;
          });
    }

    LogLayout layout() {
      boolean optional = fields.stream().anyMatch(f -> stream.field(f).optional());
      List<FieldType> types = fields.stream().map(stream::type).toList();
      return new LogLayout(types, filters.size(), optional);
    }
  }

  private record Stretch(int log, long overMs, long delayMs) {}

  /** A feature whose columns are known but not yet its masks, which need the whole layout. */
  private record PlannedFeature(Feature feature, LogPlan log, int[] columns, int filter) {}

  /** Adds a feature; {@code where} is its compiled filter, null when it has none. */
  public void add(Feature feature, @Nullable Condition where) {
    FeatureDefinition definition = feature.definition();
    StreamSchema stream =
        streams.stream()
            .filter(s -> s.name().equals(definition.on().value()))
            .findFirst()
            .orElseThrow();
    LogPlan log =
        logs.computeIfAbsent(stream.ordinal(), ordinal -> new LogPlan(logs.size(), stream));
    int[] columns =
        definition.arguments().stream()
            .mapToInt(argument -> log.column(stream.position(argument.value())))
            .toArray();
    int filter =
        where == null || definition.where() == null
            ? -1
            : log.filter(definition.where().value(), where);
    features.add(feature);
    planned.add(new PlannedFeature(feature, log, columns, filter));
  }

  /** The stage's features, with {@code outOfOrderMs} as the time that events may be late. */
  public EntityFeatures compile(long outOfOrderMs) {
    Map<LogPlan, LogLayout> layouts = new LinkedHashMap<>();
    for (LogPlan log : logs.values()) {
      layouts.put(log, log.layout());
    }
    for (PlannedFeature each : planned) {
      place(each, layouts.get(each.log));
    }
    @Nullable Feed[] feeds = new @Nullable Feed[streams.size()];
    for (LogPlan log : logs.values()) {
      feeds[log.stream.ordinal()] =
          new Feed(
              log.ordinal,
              log.fields.stream().mapToInt(Integer::intValue).toArray(),
              log.filters.toArray(Condition[]::new));
    }
    List<Window> compiled = new ArrayList<>();
    windows.forEach(
        (stretch, readings) ->
            compiled.add(
                new Window(
                    stretch.log,
                    stretch.overMs,
                    stretch.delayMs,
                    readings.toArray(Reading[]::new))));
    return new EntityFeatures(
        features, feeds, List.copyOf(layouts.values()), compiled, endless, outOfOrderMs);
  }

  private void place(PlannedFeature each, @Nullable LogLayout layout) {
    if (layout == null) {
      throw new IllegalStateException("feature " + each.feature.name() + ": its log has no layout");
    }
    FeatureDefinition definition = each.feature.definition();
    Aggregation aggregation = definition.aggregation();
    boolean excludeCurrent = definition.excludeCurrent() || aggregation == Aggregation.PREVIOUS;
    long filterMask = each.filter < 0 ? 0 : layout.filterFlag(each.filter);
    int slot = each.feature.variable().slot();
    if (definition.overMs() == FeatureDefinition.UNBOUNDED) {
      FoldPlan fold = fold(aggregation, layout, each.columns, filterMask);
      endless.add(
          new Endless(
              each.log.ordinal,
              definition.delayMs(),
              fold.create,
              fold.read,
              slot,
              excludeCurrent));
    } else {
      windows
          .computeIfAbsent(
              new Stretch(each.log.ordinal, definition.overMs(), definition.delayMs()),
              s -> new ArrayList<>())
          .add(
              new Reading(
                  accumulator(aggregation, layout, each.columns, filterMask),
                  slot,
                  excludeCurrent));
    }
  }

  private static Column column(LogLayout layout, int[] columns, long filterMask) {
    return columns.length == 0
        ? new Column(-1, FieldType.BOOL, filterMask)
        : new Column(
            columns[0],
            layout.columns().get(columns[0]),
            filterMask | LogLayout.columnFlag(columns[0]));
  }

  private static Supplier<Accumulator> accumulator(
      Aggregation aggregation, LogLayout layout, int[] columns, long filterMask) {
    Column column = column(layout, columns, filterMask);
    return switch (aggregation) {
      case COUNT -> () -> new Accumulator.Count(column);
      case SUM -> () -> new Accumulator.Sum(column, false);
      case MEAN -> () -> new Accumulator.Sum(column, true);
      case MIN -> () -> new Extreme(column, false);
      case MAX -> () -> new Extreme(column, true);
      case COUNT_DISTINCT -> () -> new Distinct(column);
      case FIRST -> () -> new Edge(false, filterMask, columns);
      case LAST, PREVIOUS -> () -> new Edge(true, filterMask, columns);
    };
  }

  /** How a fold is made anew and how it is read back. */
  private record FoldPlan(Supplier<Fold> create, Function<StateInput, Fold> read) {}

  private static FoldPlan fold(
      Aggregation aggregation, LogLayout layout, int[] columns, long filterMask) {
    Column column = column(layout, columns, filterMask);
    return switch (aggregation) {
      case COUNT -> new FoldPlan(() -> new Fold.Count(column), in -> new Fold.Count(column, in));
      case SUM ->
          new FoldPlan(() -> new Fold.Sum(column, false), in -> new Fold.Sum(column, false, in));
      case MEAN ->
          new FoldPlan(() -> new Fold.Sum(column, true), in -> new Fold.Sum(column, true, in));
      case MIN -> pick(Fold.Pick.By.LEAST, layout, columns, column.mask());
      case MAX -> pick(Fold.Pick.By.GREATEST, layout, columns, column.mask());
      case FIRST -> pick(Fold.Pick.By.OLDEST, layout, columns, filterMask);
      case LAST, PREVIOUS -> pick(Fold.Pick.By.NEWEST, layout, columns, filterMask);
      case COUNT_DISTINCT ->
          throw new IllegalArgumentException("count_distinct without a window: got no over");
    };
  }

  private static FoldPlan pick(Fold.Pick.By by, LogLayout layout, int[] columns, long mask) {
    FieldType[] types = new FieldType[columns.length];
    for (int i = 0; i < columns.length; i++) {
      types[i] = layout.columns().get(columns[i]);
    }
    return new FoldPlan(
        () -> new Fold.Pick(by, mask, columns, types),
        in -> new Fold.Pick(by, mask, columns, types, in));
  }
}
