package io.vigia.core.feature;

/**
 * What the windows of one key have computed from its logs: derived state, that can be computed
 * again at any time.
 *
 * <p>For each window the stretch {@code [start, end)} of its log and one accumulator for each
 * reading; for each feature without a window how far it has read and what it holds.
 */
final class Windows {
  final long[] starts;
  final long[] ends;
  final Accumulator[][] accumulators;
  final long[] endlessEnds;
  final Fold[] folds;

  Windows(int windows, int endless) {
    starts = new long[windows];
    ends = new long[windows];
    accumulators = new Accumulator[windows][];
    endlessEnds = new long[endless];
    folds = new Fold[endless];
  }
}
