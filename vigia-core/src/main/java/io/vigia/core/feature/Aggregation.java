package io.vigia.core.feature;

/**
 * What a feature computes over its window. The word in the file is the name in lower case.
 *
 * <p>Missing values of optional fields are passed over, except by {@code count}. Over an empty
 * window count, sum and count_distinct are 0; the others are missing.
 */
public enum Aggregation {
  /** How many events. */
  COUNT,
  /** The exact sum of a field. */
  SUM,
  /** The mean of a field; for decimals with six more places, half-even. */
  MEAN,
  /** The smallest value. */
  MIN,
  /** The largest value. */
  MAX,
  /** How many different values, exactly. */
  COUNT_DISTINCT,
  /** The values of the oldest event. */
  FIRST,
  /** The values of the newest event. */
  LAST,
  /** The values of the newest event before the current one. */
  PREVIOUS;

  /** The word in the pipeline file. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
