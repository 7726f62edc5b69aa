package io.vigia.cli.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How well outcomes agree with labels.
 *
 * <p><b>Shape.</b> A label is negative when it is missing, empty or one of the words for no ({@code
 * false 0 no ok legit normal …}, in any case), and positive otherwise, so that it may name the kind
 * of fraud. An event is caught by an outcome when that one or a severer one was decided.
 *
 * <p><b>Units and bounds.</b> The first {@value #KINDS_MAX} kinds of positive labels are counted
 * one by one.
 */
final class LabelTally {
  private static final int KINDS_MAX = 20;
  private static final Set<String> NO =
      Set.of(
          "",
          "false",
          "f",
          "0",
          "0.0",
          "no",
          "n",
          "none",
          "null",
          "ok",
          "good",
          "legit",
          "legitimate",
          "genuine",
          "normal",
          "negative");

  private final List<String> outcomes;
  private final long[] positives;
  private final long[] negatives;
  private final Map<String, long[]> kinds = new TreeMap<>();
  private long missing;

  /**
   * An empty tally.
   *
   * @param outcomes from mild to severe
   */
  LabelTally(List<String> outcomes) {
    this.outcomes = List.copyOf(outcomes);
    this.positives = new long[outcomes.size()];
    this.negatives = new long[outcomes.size()];
  }

  /**
   * One outcome's row: how many events it was decided for, and how good it is as a threshold.
   *
   * @param precision of the events decided this or severer, the share that is positive; NaN for
   *     none
   * @param recall of the positive events, the share decided this or severer; NaN for none
   */
  record Row(String outcome, long positive, long negative, double precision, double recall) {}

  /**
   * How many events have a kind of label, and how many of them got more than the mildest outcome.
   */
  record Kind(String label, long events, long caught) {}

  static boolean isPositive(String label) {
    return !NO.contains(label.strip().toLowerCase(Locale.ROOT));
  }

  void add(String label, String outcome) {
    int index = outcomes.indexOf(outcome);
    if (label.isEmpty()) {
      missing++;
    }
    if (!isPositive(label)) {
      negatives[index]++;
      return;
    }
    positives[index]++;
    if (kinds.size() < KINDS_MAX || kinds.containsKey(label)) {
      long[] kind = kinds.computeIfAbsent(label, l -> new long[2]);
      kind[0]++;
      kind[1] += index > 0 ? 1 : 0;
    }
  }

  long positives() {
    return sum(positives, 0);
  }

  long negatives() {
    return sum(negatives, 0);
  }

  /** Events that had no label at all, which count as negative. */
  long missing() {
    return missing;
  }

  /** The severest first. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = outcomes.size() - 1; i >= 0; i--) {
      double caught = sum(positives, i);
      rows.add(
          new Row(
              outcomes.get(i),
              positives[i],
              negatives[i],
              caught / (caught + sum(negatives, i)),
              caught / positives()));
    }
    return rows;
  }

  /** The mildest outcome that is more than nothing, the one by which an event counts as caught. */
  Row threshold() {
    List<Row> rows = rows();
    return rows.get(Math.max(0, rows.size() - 2));
  }

  /** Each kind of positive label. */
  List<Kind> kinds() {
    List<Kind> list = new ArrayList<>();
    kinds.forEach((label, counts) -> list.add(new Kind(label, counts[0], counts[1])));
    return list;
  }

  private static long sum(long[] counts, int from) {
    long sum = 0;
    for (int i = from; i < counts.length; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
