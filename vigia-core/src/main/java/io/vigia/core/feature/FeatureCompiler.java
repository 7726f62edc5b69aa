package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Condition;
import io.vigia.core.feature.Feed.Entry;
import io.vigia.core.feature.Window.Reading;
import io.vigia.core.problem.Text;
import io.vigia.core.state.LogLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
  private final Cells.Plan cells = new Cells.Plan();
  private final Map<Shared, List<Reading>> windows = new LinkedHashMap<>();
  private final List<Endless> endless = new ArrayList<>();

  /** By slot: how a feature over a window is kept where its key has too many events. */
  private final Map<Integer, @Nullable FoldPlan> coarsePanes = new HashMap<>();

  private final List<CoarseReader> readers = new ArrayList<>();
  private final List<PlannedFeature> planned = new ArrayList<>();
  private final List<PlannedTable> tables = new ArrayList<>();

  public FeatureCompiler(List<StreamSchema> streams) {
    this.streams = List.copyOf(streams);
  }

  /** The log of one stream while it is being planned. */
  private static final class LogPlan {
    final int ordinal;
    final StreamSchema stream;
    final List<Source> columns = new ArrayList<>();
    final Map<String, Integer> filterIndex = new LinkedHashMap<>();
    final List<Filter> filters = new ArrayList<>();

    LogPlan(int ordinal, StreamSchema stream) {
      this.ordinal = ordinal;
      this.stream = stream;
    }

    int column(Source source) {
      int column = columns.indexOf(source);
      if (column < 0) {
        columns.add(source);
        column = columns.size() - 1;
      }
      return column;
    }

    int filter(String text, Filter filter) {
      return filterIndex.computeIfAbsent(
          text,
          t -> {
            filters.add(filter);
            return filters.size() - 1;
          });
    }

    LogLayout layout() {
      boolean optional = columns.stream().anyMatch(Source::optional);
      List<FieldType> types = columns.stream().map(Source::type).toList();
      return new LogLayout(types, filters.size(), optional);
    }

    /** What is known of an event in one layer more than in those before. */
    Entry entry(int layer) {
      int[] here = positions(columns.size(), column -> columns.get(column).layer() == layer);
      int[] tested = positions(filters.size(), filter -> filters.get(filter).layer == layer);
      return new Entry(
          here,
          Arrays.stream(here).map(c -> Entry.source(columns.get(c))).toArray(),
          tested,
          Arrays.stream(tested).mapToObj(f -> filters.get(f).condition).toArray(Condition[]::new));
    }

    private static int[] positions(int size, IntPredicate of) {
      return IntStream.range(0, size).filter(of).toArray();
    }
  }

  /**
   * A compiled condition over an event.
   *
   * @param layer from which layer of the entity's features on it can be tested
   */
  public record Filter(Condition condition, int layer) {}

  /** What windows must have in common to be one; the mask matters only where events are counted. */
  private record Shared(int layer, int log, WindowDefinition window, long delayMs, long mask) {}

  /** A table, and the filter that deletes its rows. */
  private record PlannedTable(Table table, LogPlan log, int[] columns, int deletes) {}

  /** A feature whose columns are known but not yet its masks, which need the whole layout. */
  private record PlannedFeature(
      Feature feature, LogPlan log, int[] columns, int filter, int also, int[] inputs) {}

  /**
   * Adds a feature; {@code where} is its compiled filter and {@code also} the condition of a ratio,
   * null when it has none.
   *
   * @param inputs the first slots of the features that its value or its conditions read
   */
  public void add(Feature feature, @Nullable Filter where, @Nullable Filter also, int[] inputs) {
    FeatureDefinition definition = feature.definition();
    LogPlan log = logOf(definition.on());
    int[] columns = feature.arguments().stream().mapToInt(log::column).toArray();
    features.add(feature);
    planned.add(
        new PlannedFeature(
            feature,
            log,
            columns,
            filter(log, definition.where(), where),
            filter(log, definition.condition(), also),
            inputs));
  }

  /** Adds a table; {@code deletes} is the compiled condition that ends a row, null for none. */
  public void add(Table table, @Nullable Filter deletes) {
    LogPlan log = logOf(table.definition().on());
    tables.add(
        new PlannedTable(
            table,
            log,
            table.columns().stream().mapToInt(log::column).toArray(),
            filter(log, table.definition().deleteWhen(), deletes)));
  }

  private LogPlan logOf(Text name) {
    StreamSchema stream =
        streams.stream().filter(s -> s.name().equals(name.value())).findFirst().orElseThrow();
    return logs.computeIfAbsent(stream.ordinal(), ordinal -> new LogPlan(logs.size(), stream));
  }

  private static int filter(LogPlan log, @Nullable Text text, @Nullable Filter filter) {
    return text == null || filter == null ? -1 : log.filter(text.value(), filter);
  }

  /** The stage's features, with {@code outOfOrderMs} as the time that events may be late. */
  public EntityFeatures compile(long outOfOrderMs) {
    Map<LogPlan, LogLayout> layouts = new LinkedHashMap<>();
    for (LogPlan log : logs.values()) {
      layouts.put(log, log.layout());
    }
    tables.forEach(each -> place(each, layouts.get(each.log)));
    planned.sort(Comparator.comparingInt(each -> each.feature.layer()));
    for (PlannedFeature each : planned) {
      place(each, layouts.get(each.log), outOfOrderMs);
    }
    int layers = 1 + features.stream().mapToInt(Feature::layer).max().orElse(0);
    @Nullable Feed[] feeds = new @Nullable Feed[streams.size()];
    for (LogPlan log : logs.values()) {
      feeds[log.stream.ordinal()] =
          new Feed(
              log.ordinal, IntStream.range(0, layers).mapToObj(log::entry).toArray(Entry[]::new));
    }
    List<Window> compiled = new ArrayList<>();
    List<CoarseFeature> coarse = new ArrayList<>();
    windows.forEach(
        (shared, readings) -> {
          Span span = Span.of(shared.window, shared.mask);
          Window window =
              Window.of(cells, shared.layer, shared.log, span, shared.delayMs, readings);
          compiled.add(window);
          readings.forEach(reading -> coarse.add(coarse(coarse.size(), shared, window, reading)));
        });
    return new EntityFeatures(
        features,
        feeds,
        layers,
        List.copyOf(layouts.values()),
        cells,
        compiled,
        endless,
        new CoarseWindows(
            coarse,
            endless,
            readers,
            logs.values().stream().mapToLong(log -> log.stream.definition().maxEvents()).toArray(),
            endless.size(),
            outOfOrderMs),
        outOfOrderMs);
  }

  private void place(PlannedTable each, @Nullable LogLayout layout) {
    if (layout == null) {
      throw new IllegalStateException(each.table.path() + ": its log has no layout");
    }
    long lives = each.table.definition().expiresMs();
    TableRow.Shape shape =
        new TableRow.Shape(
            each.columns,
            each.table.columns().stream().map(Source::type).toArray(FieldType[]::new),
            each.deletes < 0 ? 0 : layout.filterFlag(each.deletes),
            lives == 0 ? Long.MAX_VALUE : lives);
    endless.add(
        new Endless(
            0,
            each.log.ordinal,
            0,
            shape.livesMs(),
            each.deletes >= 0,
            () -> new TableRow(shape),
            input -> new TableRow(shape, input),
            each.table.slot(),
            false,
            cells.words(1),
            cells.object()));
  }

  private CoarseFeature coarse(int number, Shared shared, Window window, Reading reading) {
    return new CoarseFeature(
        number,
        shared.layer,
        shared.log,
        shared.window,
        shared.delayMs,
        window.stretch(),
        window.span(),
        reading.slot(),
        reading.excludeCurrent(),
        coarsePanes.get(reading.slot()));
  }

  private void place(PlannedFeature each, @Nullable LogLayout layout, long outOfOrderMs) {
    if (layout == null) {
      throw new IllegalStateException("feature " + each.feature.name() + ": its log has no layout");
    }
    FeatureDefinition definition = each.feature.definition();
    boolean excludeCurrent =
        definition.excludeCurrent() || definition.aggregation() == Aggregation.PREVIOUS;
    long mask = each.filter < 0 ? 0 : layout.filterFlag(each.filter);
    long also = each.also < 0 ? 0 : layout.filterFlag(each.also);
    int slot = each.feature.variable().slot();
    Inputs inputs = new Inputs(definition, layout, each.columns, mask, also);
    long foldReachMs = 0;
    if (definition.isFolded()) {
      FoldPlan fold = FoldPlan.of(inputs, outOfOrderMs);
      foldReachMs = fold.reachMs();
      endless.add(
          new Endless(
              each.feature.layer(),
              each.log.ordinal,
              definition.delayMs(),
              fold.reachMs(),
              false,
              fold.create(),
              fold.read(),
              slot,
              excludeCurrent,
              cells.words(1),
              cells.object()));
    } else {
      boolean counted = definition.window().kind() == WindowDefinition.Kind.LAST_EVENTS;
      windows
          .computeIfAbsent(
              new Shared(
                  each.feature.layer(),
                  each.log.ordinal,
                  definition.window(),
                  definition.delayMs(),
                  counted ? mask : 0),
              s -> new ArrayList<>())
          .add(new Reading(aggregate(inputs), slot, excludeCurrent));
      coarsePanes.put(slot, CoarseFeature.panes(inputs));
    }
    if (each.inputs.length > 0) {
      readers.add(
          CoarseReader.of(
              readers.size(),
              each.feature,
              each.log.ordinal,
              each.inputs,
              excludeCurrent,
              foldReachMs));
    }
  }

  /** What a feature reads of its log. */
  record Inputs(
      FeatureDefinition definition, LogLayout layout, int[] columns, long mask, long also) {
    /** The only column, of those events that have it; without one every event counts. */
    Column column() {
      return columns.length == 0
          ? new Column(-1, FieldType.BOOL, mask)
          : new Column(
              columns[0],
              layout.columns().get(columns[0]),
              mask | LogLayout.columnFlag(columns[0]));
    }
  }

  private WindowAggregate aggregate(Inputs inputs) {
    FeatureDefinition definition = inputs.definition;
    Column column = inputs.column();
    long mask = inputs.mask;
    long parameter = definition.parameter();
    return switch (definition.aggregation()) {
      case COUNT ->
          mask == 0 ? new WindowAggregate.Length() : new WindowAggregate.Count(cells, column);
      case SUM -> SumAggregate.of(cells, column, false);
      case MEAN -> SumAggregate.of(cells, column, true);
      case FIRST -> new Edge(cells, false, mask, inputs.columns);
      case LAST, PREVIOUS -> new Edge(cells, true, mask, inputs.columns);
      case RATE ->
          new WindowAggregate.Rate(cells, column, (double) definition.overMs() / parameter);
      case RATIO -> new WindowAggregate.Share(cells, mask, inputs.also);
      case MIN -> accumulated(() -> new Extreme(column, false));
      case MAX -> accumulated(() -> new Extreme(column, true));
      case COUNT_DISTINCT -> accumulated(() -> new Distinct(column));
      case VARIANCE -> accumulated(() -> new Accumulator.Spread(column, false));
      case STDDEV -> accumulated(() -> new Accumulator.Spread(column, true));
      case PERCENTILE -> accumulated(() -> new Percentile(column, parameter));
      case TOP -> accumulated(() -> new Top(column, (int) parameter));
      case EWMA, USUAL ->
          throw new IllegalArgumentException(
              definition.aggregation().word() + " over a window: got " + definition.window());
    };
  }

  private WindowAggregate accumulated(Supplier<Accumulator> accumulators) {
    return new WindowAggregate.Accumulated(cells, accumulators);
  }
}
