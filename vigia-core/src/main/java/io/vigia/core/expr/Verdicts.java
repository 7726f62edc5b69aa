package io.vigia.core.expr;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What several conditions answered for one row.
 *
 * <p>Owned by one thread; made anew for each row.
 */
public final class Verdicts {
  private static final int[] NONE = new int[0];
  private static final long[] NO_BITS = new long[0];
  private static final @Nullable String[] NO_TEXTS = new @Nullable String[0];

  private final long[] isTrue;
  private int[] unknown = NONE;
  private long[] missing = NO_BITS;
  private @Nullable String[] reasons = NO_TEXTS;
  private int unknowns;

  Verdicts(int conditions) {
    isTrue = new long[(conditions + 63) >>> 6];
  }

  /** The first condition from {@code from} on that is true, or -1. */
  public int nextTrue(int from) {
    int word = from >>> 6;
    if (word >= isTrue.length) {
      return -1;
    }
    long bits = isTrue[word] & -1L << from;
    while (bits == 0) {
      if (++word == isTrue.length) {
        return -1;
      }
      bits = isTrue[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  void setTrue(int condition) {
    isTrue[condition >>> 6] |= 1L << condition;
  }

  /** A condition is unknown for what these bits say. */
  void setUnknown(int condition, long bits) {
    set(condition, bits, null);
  }

  /** A condition is unknown for a reason that is known as a text. */
  void setUnknown(int condition, String because) {
    set(condition, 0, because);
  }

  /** Keeps them in the order of the conditions, in which they nearly always come. */
  private void set(int condition, long bits, @Nullable String because) {
    if (unknowns == unknown.length) {
      int size = Math.max(4, 2 * unknowns);
      unknown = Arrays.copyOf(unknown, size);
      missing = Arrays.copyOf(missing, size);
      reasons = Arrays.copyOf(reasons, size);
    }
    int at = unknowns++;
    while (at > 0 && unknown[at - 1] > condition) {
      unknown[at] = unknown[at - 1];
      missing[at] = missing[at - 1];
      reasons[at] = reasons[at - 1];
      at--;
    }
    unknown[at] = condition;
    missing[at] = bits;
    reasons[at] = because;
  }

  @Nullable String because(int index) {
    return reasons[index];
  }

  /** How many conditions are unknown. */
  public int unknowns() {
    return unknowns;
  }

  /** The condition of an unknown answer. */
  public int unknown(int index) {
    return unknown[index];
  }

  long missing(int index) {
    return missing[index];
  }
}
