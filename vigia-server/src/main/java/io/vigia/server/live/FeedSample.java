package io.vigia.server.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses what is shown of more decisions than anybody can look at: the severe ones first, among
 * equals those that came first.
 *
 * <p>Half of what may be shown is kept for the severe ones, and those that find no room now are
 * shown a moment later; the mildest ones are left out then.
 *
 * <p><b>Units and bounds.</b> {@code perSecond} on the average, as many at once after a silence;
 * memory for a second's worth. Safe for several threads.
 */
final class FeedSample {
  private final int perSecond;
  private final List<Shown> waiting = new ArrayList<>();
  private double budget;
  private long skipped;

  FeedSample(int perSecond) {
    this.perSecond = perSecond;
    this.budget = perSecond;
  }

  /** Offers one; the larger, the more severe. */
  synchronized void offer(byte[] data, int severity) {
    if (waiting.size() < perSecond) {
      waiting.add(new Shown(data, severity));
      return;
    }
    skipped++;
    int mildest = 0;
    for (int i = 1; i < waiting.size(); i++) {
      // Among equals the last one gives way.
      if (waiting.get(i).severity <= waiting.get(mildest).severity) {
        mildest = i;
      }
    }
    if (waiting.get(mildest).severity < severity) {
      waiting.remove(mildest);
      waiting.add(new Shown(data, severity));
    }
  }

  /** What is shown now, in the order of arrival, and how many were left out since the last time. */
  synchronized Chosen take(long sinceMs) {
    budget = Math.min(perSecond, budget + perSecond * sinceMs / 1_000.0);
    List<Shown> bySeverity = new ArrayList<>(waiting);
    bySeverity.sort(Comparator.comparingInt((Shown each) -> each.severity).reversed());
    List<Shown> best = new ArrayList<>();
    for (Shown each : bySeverity) {
      if (budget >= (each.severity > 0 ? 1 : 1 + perSecond / 2.0)) {
        best.add(each);
        budget--;
      }
    }
    List<Shown> chosen = waiting.stream().filter(best::contains).toList();
    waiting.removeAll(best);
    int left = waiting.size();
    waiting.removeIf(each -> each.severity <= 0);
    skipped += left - waiting.size();
    Chosen result = new Chosen(chosen.stream().map(Shown::data).toList(), skipped);
    skipped = 0;
    return result;
  }

  /** What was chosen. */
  record Chosen(List<byte[]> shown, long skipped) {}

  // Compared by identity: two decisions of equal bytes are two.
  private static final class Shown {
    final byte[] data;
    final int severity;

    Shown(byte[] data, int severity) {
      this.data = data;
      this.severity = severity;
    }

    byte[] data() {
      return data;
    }
  }
}
