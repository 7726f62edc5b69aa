package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.feature.FeatureCompiler.Inputs;
import io.vigia.core.state.StateInput;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the parts of a feature are made anew and read back, and what they are merged into.
 *
 * @param total an empty part that others are merged into; it is not written
 */
record PartPlan(Supplier<Part> create, Function<StateInput, Part> read, Supplier<Part> total) {

  private PartPlan(Supplier<Part> create, Function<StateInput, Part> read) {
    this(create, read, create);
  }

  /** Whether an aggregation can be merged from parts at all. */
  static boolean takes(Aggregation aggregation) {
    return switch (aggregation) {
      case COUNT, SUM, MEAN, MIN, MAX, COUNT_DISTINCT, FIRST, LAST, PREVIOUS -> true;
      case VARIANCE, STDDEV, RATE, RATIO -> true;
      case PERCENTILE, TOP, EWMA, USUAL -> false;
    };
  }

  /**
   * The parts of a feature whose aggregation {@link #takes} them.
   *
   * @param distinctMax how many different values a part keeps one by one, 0 for any number
   */
  static PartPlan of(Inputs inputs, int distinctMax) {
    FeatureDefinition definition = inputs.definition();
    Column column = inputs.column();
    long mask = inputs.mask();
    return switch (definition.aggregation()) {
      case COUNT -> count(column, 0);
      case RATE -> count(column, (double) definition.overMs() / definition.parameter());
      case SUM -> sum(column, false);
      case MEAN -> sum(column, true);
      case VARIANCE -> spread(column, false);
      case STDDEV -> spread(column, true);
      case RATIO ->
          new PartPlan(
              () -> new Part.Ratio(mask, inputs.also()),
              in -> new Part.Ratio(mask, inputs.also(), in));
      case MIN -> pick(Pick.By.LEAST, inputs, column.mask());
      case MAX -> pick(Pick.By.GREATEST, inputs, column.mask());
      case FIRST -> pick(Pick.By.OLDEST, inputs, mask);
      case LAST, PREVIOUS -> pick(Pick.By.NEWEST, inputs, mask);
      case COUNT_DISTINCT ->
          new PartPlan(
              () -> new DistinctPart(column, distinctMax),
              in -> new DistinctPart(column, distinctMax, in),
              () -> new DistinctPart(column, 0));
      case PERCENTILE, TOP, EWMA, USUAL ->
          throw new IllegalArgumentException(
              "parts of a feature: got " + definition.aggregation().word());
    };
  }

  private static PartPlan count(Column column, double times) {
    return new PartPlan(
        () -> new Part.Count(column, times), in -> new Part.Count(column, times, in));
  }

  private static PartPlan sum(Column column, boolean mean) {
    return new PartPlan(() -> new Part.Sum(column, mean), in -> new Part.Sum(column, mean, in));
  }

  private static PartPlan spread(Column column, boolean root) {
    return new PartPlan(
        () -> new Part.Spread(column, root), in -> new Part.Spread(column, root, in));
  }

  private static PartPlan pick(Pick.By by, Inputs inputs, long mask) {
    int[] columns = inputs.columns();
    FieldType[] types = new FieldType[columns.length];
    for (int i = 0; i < columns.length; i++) {
      types[i] = inputs.layout().columns().get(columns[i]);
    }
    return new PartPlan(
        () -> new Pick(by, mask, columns, types), in -> new Pick(by, mask, columns, types, in));
  }
}
