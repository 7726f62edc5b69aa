package io.vigia.benchmarks.kernel;

/**
 * What the hand-written baseline remembers of a merchant: one ring of payments that its three
 * windows share, each of them delayed by seven days.
 */
final class MerchantRing {
  private static final long DAY_MS = 86_400_000;
  private static final long DELAY_MS = 7 * DAY_MS;

  private long[] times = new long[8];
  private byte[] frauds = new byte[8];
  private int mask = 7;
  private int end;
  private int start1;
  private int start7;
  private int start30;

  /** Where the windows end: what is younger than the delay lies behind it. */
  private int known;

  int fraud1;
  int fraud7;
  int fraud30;

  /** Moves the windows to a payment and takes it in; it becomes known seven days later. */
  void add(long timeMs, int fraud) {
    long now = timeMs - DELAY_MS;
    while (known < end && times[known & mask] <= now) {
      int one = frauds[known++ & mask];
      fraud1 += one;
      fraud7 += one;
      fraud30 += one;
    }
    while (start1 < known && times[start1 & mask] <= now - DAY_MS) {
      fraud1 -= frauds[start1++ & mask];
    }
    while (start7 < known && times[start7 & mask] <= now - 7 * DAY_MS) {
      fraud7 -= frauds[start7++ & mask];
    }
    while (start30 < known && times[start30 & mask] <= now - 30 * DAY_MS) {
      fraud30 -= frauds[start30++ & mask];
    }
    if (end - start30 > mask) {
      grow();
    }
    times[end & mask] = timeMs;
    frauds[end++ & mask] = (byte) fraud;
  }

  int count1() {
    return known - start1;
  }

  int count7() {
    return known - start7;
  }

  int count30() {
    return known - start30;
  }

  private void grow() {
    int size = times.length;
    long[] moreTimes = new long[2 * size];
    byte[] moreFrauds = new byte[2 * size];
    for (int i = start30; i < end; i++) {
      moreTimes[i & (2 * size - 1)] = times[i & mask];
      moreFrauds[i & (2 * size - 1)] = frauds[i & mask];
    }
    times = moreTimes;
    frauds = moreFrauds;
    mask = 2 * size - 1;
  }
}
