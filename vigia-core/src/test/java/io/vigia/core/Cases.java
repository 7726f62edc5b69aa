package io.vigia.core;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;

/**
 * Runs random cases by seed; a failure names its seed, and {@code -Dvigia.seed=N} runs that case
 * alone.
 *
 * <p>The testkit's {@code Seeds} in few: core's own tests stand below the testkit.
 */
public final class Cases {
  private Cases() {}

  /** One case, all of whose chance comes from {@code random}. */
  @FunctionalInterface
  public interface Case {
    void run(Random random);
  }

  public static void run(int count, Case body) {
    Integer only = Integer.getInteger("vigia.seed");
    int from = only == null ? 0 : only;
    int to = only == null ? count : only + 1;
    for (int seed = from; seed < to; seed++) {
      try {
        body.run(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        fail("-Dvigia.seed=" + seed, e);
      }
    }
  }
}
