package io.vigia.benchmarks.growth;

import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Payments for {@link GrowthPipeline}, one of each key in turn, in an order of keys that no cache
 * foresees.
 *
 * <p><b>Units and bounds.</b> {@value #MERCHANTS} merchants, {@value #COUNTRIES} countries, {@value
 * #CHANNELS} channels and amounts from 0.01 to {@value #AMOUNT_MAX}, each uniform and independent.
 */
final class GrowthEvents {
  static final int MERCHANTS = 10_000;
  static final int COUNTRIES = 100;
  static final int CHANNELS = 10;
  static final int AMOUNT_MAX = 1_000;

  private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** No multiple of two or five, so that it visits every one of a power of ten keys. */
  private static final long STRIDE = 736_878_787L;

  private final StreamSchema stream;
  private final int keys;
  private final double stepMs;
  private long next;

  /**
   * @param everyMs the time between two payments of one key
   */
  GrowthEvents(StreamSchema stream, int keys, double everyMs) {
    this.stream = stream;
    this.keys = keys;
    this.stepMs = everyMs / keys;
  }

  static String merchant(long i) {
    return "m" + i % MERCHANTS;
  }

  static String country(long i) {
    return "C" + i % COUNTRIES;
  }

  static String channel(long i) {
    return "ch" + i % CHANNELS;
  }

  /** The next payment; its fields have the positions of {@link GrowthPipeline}'s stream. */
  Event next() {
    long n = next++;
    long dice = mix(n);
    long timeMs = START_MS + (long) (n * stepMs);
    String card = "c" + n % keys * STRIDE % keys;
    String id = "p" + n;
    Slots values = new Slots(stream.size());
    values.setObject(0, id);
    values.setNumber(1, timeMs);
    values.setObject(2, card);
    values.setObject(3, merchant(Long.remainderUnsigned(dice, MERCHANTS)));
    // Odd, so that every amount has two places.
    values.setObject(
        4, BigDecimal.valueOf(Long.remainderUnsigned(mix(dice), AMOUNT_MAX * 100L) | 1, 2));
    values.setObject(5, country(Long.remainderUnsigned(mix(dice + 1), COUNTRIES)));
    values.setObject(6, channel(Long.remainderUnsigned(mix(dice + 2), CHANNELS)));
    return new Event(stream, id, card, timeMs, values, timeMs, 0, n);
  }

  /** The finishing step of SplitMix64. */
  private static long mix(long seed) {
    long z = (seed + 1) * 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
