package io.vigia.core.feature;

/**
 * What a feature computes over its window. The word in the file is the name in lower case.
 *
 * <p>Missing values of optional fields are passed over, except by {@code count}. Over an empty
 * window count, sum, count_distinct and rate are 0; the others are missing.
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
  /** How many different values; the parameter is up to how many exactly, 0 for any number. */
  COUNT_DISTINCT,
  /** The values of the oldest event. */
  FIRST,
  /** The values of the newest event. */
  LAST,
  /** The values of the newest event before the current one. */
  PREVIOUS,
  /** The sample variance of a field, a double. */
  VARIANCE,
  /** The sample's standard deviation of a field, a double. */
  STDDEV,
  /** How many events a unit of time; the parameter is the unit in milliseconds. */
  RATE,
  /** The part of the events that fulfil a condition, from 0 to 1. */
  RATIO,
  /** A percentile by the nearest rank; the parameter is in thousandths of a hundredth. */
  PERCENTILE,
  /** The most frequent values; the parameter is how many. */
  TOP,
  /** A mean that forgets; the parameter is the half-life in milliseconds. */
  EWMA,
  /** The current period against the same ones of the past; the parameter is in days. */
  USUAL;

  /** The word in the pipeline file. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
