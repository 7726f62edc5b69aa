package io.vigia.core.feature;

import io.vigia.core.feature.FeatureCompiler.Inputs;
import io.vigia.core.state.StateInput;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the fold of a feature is made anew and read back, and after how long it has forgotten an
 * event.
 */
record FoldPlan(Supplier<Fold> create, Function<StateInput, Fold> read, long reachMs) {

  static FoldPlan of(Inputs inputs, long outOfOrderMs) {
    FeatureDefinition definition = inputs.definition();
    Column column = inputs.column();
    return switch (definition.aggregation()) {
      case EWMA -> {
        long halfLifeMs = definition.parameter();
        yield new FoldPlan(
            () -> new DecayedMean(column, halfLifeMs),
            in -> new DecayedMean(column, halfLifeMs, in),
            DecayedMean.reachMs(halfLifeMs));
      }
      case USUAL -> usual(definition, column, outOfOrderMs);
      case COUNT, SUM, MEAN, MIN, MAX, COUNT_DISTINCT, FIRST, LAST, PREVIOUS -> parts(inputs);
      case VARIANCE, STDDEV, RATE, RATIO -> parts(inputs);
      case PERCENTILE, TOP ->
          throw new IllegalArgumentException(
              definition.aggregation().word() + " without its events: got no exact window");
    };
  }

  private static FoldPlan parts(Inputs inputs) {
    FeatureDefinition definition = inputs.definition();
    boolean distinct = definition.aggregation() == Aggregation.COUNT_DISTINCT;
    PartPlan parts = PartPlan.of(inputs, distinct ? (int) definition.parameter() : 0);
    WindowDefinition window = definition.window();
    return window.resolutionMs() > 0
        ? panes(PaneGrid.multiples(window.size(), window.resolutionMs()), parts)
        : new FoldPlan(parts.create()::get, parts.read()::apply, Long.MAX_VALUE);
  }

  /** A window that is kept in panes. */
  static FoldPlan panes(PaneGrid grid, PartPlan parts) {
    return new FoldPlan(
        () -> new Panes(grid, parts), in -> new Panes(grid, parts, in), grid.reachMs());
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
}
