package io.vigia.benchmarks.growth;

import io.vigia.core.event.Event;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The pipeline of {@link GrowthPipeline#window} written by hand: string keys in a hash map, one
 * ring a key, the rule hard-wired.
 */
final class HandCodedEngine implements Engine {
  private static final int CARD = 2;
  private static final int AMOUNT = 4;

  private final long overMs;
  private final Map<String, Ring> rings = new HashMap<>();

  HandCodedEngine(long overMs) {
    this.overMs = overMs;
  }

  private record Verdict(Event event, String outcome, int score, List<String> fired) {}

  /** Times and cents of a card within the window, and the sum of these. */
  private static final class Ring {
    private long[] times = new long[4];
    private long[] cents = new long[4];
    private int start;
    private int end;
    private long sum;

    void add(long timeMs, long amount, long overMs) {
      int mask = times.length - 1;
      while (start < end && times[start & mask] <= timeMs - overMs) {
        sum -= cents[start++ & mask];
      }
      if (end - start > mask) {
        grow();
        mask = times.length - 1;
      }
      times[end & mask] = timeMs;
      cents[end++ & mask] = amount;
      sum += amount;
    }

    private void grow() {
      int size = times.length;
      long[] moreTimes = new long[2 * size];
      long[] moreCents = new long[2 * size];
      for (int i = start; i < end; i++) {
        moreTimes[i & (2 * size - 1)] = times[i & (size - 1)];
        moreCents[i & (2 * size - 1)] = cents[i & (size - 1)];
      }
      times = moreTimes;
      cents = moreCents;
    }
  }

  @Override
  public Object judge(Event event) {
    String card = (String) Objects.requireNonNull(event.values().object(CARD));
    Ring ring = rings.get(card);
    if (ring == null) {
      ring = new Ring();
      rings.put(card, ring);
    }
    BigDecimal amount = (BigDecimal) Objects.requireNonNull(event.values().object(AMOUNT));
    long cents = Math.round(amount.doubleValue() * 100);
    ring.add(event.timeMs(), cents, overMs);
    int count = ring.end - ring.start;
    return count > 1 && cents > ring.sum / (double) count * 1.9001
        ? new Verdict(event, "review", 10, List.of("unlike"))
        : new Verdict(event, "allow", 0, List.of());
  }

  @Override
  public boolean fired(Object judgement) {
    return !((Verdict) judgement).fired().isEmpty();
  }

  @Override
  public int keys() {
    return rings.size();
  }
}
