package io.vigia.cli.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash of decisions, per key and of all, independent of the order in which they are added.
 *
 * <p><b>Shape.</b> A decision counts with its event's id, outcome, rules and features. The hash of
 * a key is the sum of its decisions' hashes, that of all the hash over the keys in order: 16
 * hexadecimal digits.
 *
 * <p><b>Units and bounds.</b> O(keys) memory.
 *
 * <p><b>Source.</b> SHA-256, its first 128 bits.
 */
final class DecisionHash {
  private final Map<String, long[]> sums = new TreeMap<>();
  private final MessageDigest digest = sha256();

  /** Adds the text of a decision under its key. */
  void add(String key, String decision) {
    digest.reset();
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(decision.getBytes(StandardCharsets.UTF_8)));
    long[] sum = sums.computeIfAbsent(key, k -> new long[2]);
    sum[0] += hash.getLong();
    sum[1] += hash.getLong();
  }

  int keys() {
    return sums.size();
  }

  /** How many keys have the same hash in both. */
  long equalKeys(DecisionHash other) {
    return sums.entrySet().stream()
        .filter(
            entry -> {
              long[] sum = other.sums.get(entry.getKey());
              return sum != null && Arrays.equals(sum, entry.getValue());
            })
        .count();
  }

  /** The hash of all. */
  String overall() {
    digest.reset();
    sums.forEach(
        (key, sum) -> {
          digest.update(key.getBytes(StandardCharsets.UTF_8));
          digest.update(
              ByteBuffer.allocate(17).put((byte) 0).putLong(sum[0]).putLong(sum[1]).array());
        });
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
