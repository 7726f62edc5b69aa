package io.vigia.core.feature;

import org.jspecify.annotations.Nullable;

/**
 * What the windows of one key have computed from its logs: derived state, that can be computed
 * again at any time.
 *
 * <p>For each window its stretch, and a second one that stands at the oldest time an event may
 * still come at, where only that says what must be kept; for each feature without a window how far
 * it has read and what it holds.
 */
final class Windows {
  final Stretch[] stretches;
  final @Nullable Stretch[] oldest;
  final long[] endlessEnds;
  final Fold[] folds;

  Windows(int windows, int endless) {
    stretches = new Stretch[windows];
    oldest = new @Nullable Stretch[windows];
    endlessEnds = new long[endless];
    folds = new Fold[endless];
  }

  /** The log of window {@code w} has dropped what lies before {@code index}. */
  void skipTo(int w, long index) {
    stretches[w].skipTo(index);
    Stretch behind = oldest[w];
    if (behind != null) {
      behind.skipTo(index);
    }
  }
}
