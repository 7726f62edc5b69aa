package io.vigia.benchmarks;

import java.util.List;
import java.util.Locale;

/** The median of a figure's repetitions, with the least and the greatest. */
public record Spread(double median, double min, double max) {

  /** Of at least one value. */
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(n - 1));
  }

  @Override
  public String toString() {
    return number(median) + " (" + number(min) + "–" + number(max) + ")";
  }

  /** Two digits behind the point below ten, one below a hundred, none above. */
  private static String number(double value) {
    int places = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }
}
