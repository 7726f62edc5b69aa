package io.vigia.benchmarks.kernel;

import java.util.Arrays;

/**
 * What the hand-written baseline remembers of a card: one ring of payments that its three windows
 * share, with their sums.
 *
 * <p>Amounts are cents. Payments come in the order of time; one that does not is refused, since a
 * baseline that handled it would only be slower.
 */
final class CardRing {
  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** Long before any window, and no overflow away. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private long[] times = new long[8];
  private long[] cents = new long[8];
  private String[] ids = new String[8];
  private int mask = 7;
  private int end;
  private int start1;
  private int start7;
  private int start30;

  /** When the last two payments below 10 euros came of which no match was made yet. */
  private long probe = NEVER;

  private long probeBefore = NEVER;

  /** When the last payment abroad came after which none was made at home. */
  private long abroad = NEVER;

  long sum1;
  long sum7;
  long sum30;

  /** Whether this id has come within the hour. */
  boolean knows(String id, long timeMs) {
    for (int i = end - 1; i >= start30 && times[i & mask] > timeMs - HOUR_MS; i--) {
      if (ids[i & mask].equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** Moves the windows to a payment and takes it in. */
  void add(String id, long timeMs, long amount) {
    if (end > start30 && times[(end - 1) & mask] > timeMs) {
      throw new IllegalStateException("payment " + id + ": expected payments in order");
    }
    while (start1 < end && times[start1 & mask] <= timeMs - DAY_MS) {
      sum1 -= cents[start1++ & mask];
    }
    while (start7 < end && times[start7 & mask] <= timeMs - 7 * DAY_MS) {
      sum7 -= cents[start7++ & mask];
    }
    while (start30 < end && times[start30 & mask] <= timeMs - 30 * DAY_MS) {
      sum30 -= cents[start30++ & mask];
    }
    if (end - start30 > mask) {
      grow();
    }
    int at = end++ & mask;
    times[at] = timeMs;
    cents[at] = amount;
    ids[at] = id;
    sum1 += amount;
    sum7 += amount;
    sum30 += amount;
  }

  /** Whether this payment is a large one after two small ones or more within seven days. */
  boolean completesTesting(long timeMs, long amount) {
    if (amount < 10_00) {
      probeBefore = probe;
      probe = timeMs;
    } else if (amount > 200_00 && timeMs - probeBefore < 7 * DAY_MS) {
      probeBefore = NEVER;
      probe = NEVER;
      return true;
    }
    return false;
  }

  /**
   * Whether this payment is one online within three days after one abroad, without one at home in
   * between.
   */
  boolean completesElsewhere(long timeMs, boolean atHome, boolean online, long amount) {
    if (online && amount > 50_00 && timeMs - abroad < 3 * DAY_MS) {
      abroad = NEVER;
      return true;
    }
    if (!atHome) {
      abroad = timeMs;
    } else if (!online) {
      abroad = NEVER;
    }
    return false;
  }

  int count1() {
    return end - start1;
  }

  int count7() {
    return end - start7;
  }

  int count30() {
    return end - start30;
  }

  private void grow() {
    int size = times.length;
    long[] moreTimes = new long[2 * size];
    long[] moreCents = new long[2 * size];
    String[] moreIds = Arrays.copyOf(ids, 2 * size);
    for (int i = start30; i < end; i++) {
      int to = i & (2 * size - 1);
      moreTimes[to] = times[i & mask];
      moreCents[to] = cents[i & mask];
      moreIds[to] = ids[i & mask];
    }
    times = moreTimes;
    cents = moreCents;
    ids = moreIds;
    mask = 2 * size - 1;
  }
}
