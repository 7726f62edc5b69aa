package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.feature.FeatureCompiler.Inputs;
import io.vigia.core.state.StateInput;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the fold of a feature without a window is made anew and read back, and after how long it has
 * forgotten an event.
 */
record FoldPlan(Supplier<Fold> create, Function<StateInput, Fold> read, long reachMs) {

  static FoldPlan of(Inputs inputs, long outOfOrderMs) {
    FeatureDefinition definition = inputs.definition();
    Column column = inputs.column();
    long mask = inputs.mask();
    return switch (definition.aggregation()) {
      case COUNT -> endless(() -> new Fold.Count(column), in -> new Fold.Count(column, in));
      case SUM -> endless(() -> new Fold.Sum(column, false), in -> new Fold.Sum(column, false, in));
      case MEAN -> endless(() -> new Fold.Sum(column, true), in -> new Fold.Sum(column, true, in));
      case VARIANCE ->
          endless(() -> new Fold.Spread(column, false), in -> new Fold.Spread(column, false, in));
      case STDDEV ->
          endless(() -> new Fold.Spread(column, true), in -> new Fold.Spread(column, true, in));
      case RATIO ->
          endless(
              () -> new Fold.Ratio(mask, inputs.also()),
              in -> new Fold.Ratio(mask, inputs.also(), in));
      case MIN -> pick(Fold.Pick.By.LEAST, inputs, column.mask());
      case MAX -> pick(Fold.Pick.By.GREATEST, inputs, column.mask());
      case FIRST -> pick(Fold.Pick.By.OLDEST, inputs, mask);
      case LAST, PREVIOUS -> pick(Fold.Pick.By.NEWEST, inputs, mask);
      case EWMA -> {
        long halfLifeMs = definition.parameter();
        yield new FoldPlan(
            () -> new DecayedMean(column, halfLifeMs),
            in -> new DecayedMean(column, halfLifeMs, in),
            DecayedMean.reachMs(halfLifeMs));
      }
      case USUAL -> usual(definition, column, outOfOrderMs);
      case COUNT_DISTINCT, RATE, PERCENTILE, TOP ->
          throw new IllegalArgumentException(
              definition.aggregation().word() + " without a window: got no over");
    };
  }

  private static FoldPlan endless(Supplier<Fold> create, Function<StateInput, Fold> read) {
    return new FoldPlan(create, read, Long.MAX_VALUE);
  }

  private static FoldPlan usual(FeatureDefinition definition, Column column, long outOfOrderMs) {
    WindowDefinition window = definition.window();
    Usual.Seasons seasons =
        new Usual.Seasons(
            Objects.requireNonNull(window.unit()),
            ZoneId.of(Objects.requireNonNull(window.zone())),
            (int) definition.parameter());
    long keepMs = seasons.reachMs() + outOfOrderMs;
    return new FoldPlan(
        () -> new Usual(seasons, column, keepMs),
        in -> new Usual(seasons, column, keepMs, in),
        seasons.reachMs());
  }

  private static FoldPlan pick(Fold.Pick.By by, Inputs inputs, long mask) {
    int[] columns = inputs.columns();
    FieldType[] types = new FieldType[columns.length];
    for (int i = 0; i < columns.length; i++) {
      types[i] = inputs.layout().columns().get(columns[i]);
    }
    return endless(
        () -> new Fold.Pick(by, mask, columns, types),
        in -> new Fold.Pick(by, mask, columns, types, in));
  }
}
