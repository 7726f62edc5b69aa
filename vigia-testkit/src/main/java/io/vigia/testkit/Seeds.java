package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;

/**
 * Runs a test over random cases that can be repeated: each case gets all its chance from one seed,
 * and a failing one names it.
 *
 * <p><b>Shape.</b>
 *
 * <pre>
 * Seeds.run("windows", 500, random -&gt; check(RandomPipeline.of(random), random));
 *
 * windows: run it alone with -Dvigia.seed=17
 * </pre>
 *
 * <p>The seeds are 0, 1, 2 and so on, so that every run tries the same cases. {@code
 * -Dvigia.seed=17} runs that case alone; {@code -Dvigia.cases=100000} tries more.
 */
public final class Seeds {
  private Seeds() {}

  /** One case; whatever it throws fails the test. */
  @FunctionalInterface
  public interface Case {
    void run(Random random) throws Exception;
  }

  /**
   * Runs the cases with the seeds from 0 on until one fails.
   *
   * @param what the name of the test, for the failure's message
   */
  public static void run(String what, int cases, Case body) {
    Integer only = Integer.getInteger("vigia.seed");
    int from = only == null ? 0 : only;
    int to = only == null ? Integer.getInteger("vigia.cases", cases) : only + 1;
    for (int seed = from; seed < to; seed++) {
      try {
        body.run(new Random(seed));
      } catch (Exception | AssertionError e) {
        fail(what + ": run it alone with -Dvigia.seed=" + seed, e);
      }
    }
  }
}
