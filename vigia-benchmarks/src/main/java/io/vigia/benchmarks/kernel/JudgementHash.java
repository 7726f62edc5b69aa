package io.vigia.benchmarks.kernel;

import java.util.HashMap;
import java.util.Map;

/**
 * A hash over judgements in their order within each key, and over the keys in no order.
 *
 * <p><b>Source.</b> FNV-1a of 64 bits within a key, the finishing step of SplitMix64 over keys.
 */
final class JudgementHash {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final Map<String, Long> keys = new HashMap<>();

  void add(String key, String judgement) {
    keys.merge(key, fnv(OFFSET, judgement), (before, now) -> (before ^ now) * PRIME);
  }

  long value() {
    long sum = 0;
    for (Map.Entry<String, Long> each : keys.entrySet()) {
      sum += mix(fnv(each.getValue(), each.getKey()));
    }
    return sum;
  }

  private static long fnv(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
