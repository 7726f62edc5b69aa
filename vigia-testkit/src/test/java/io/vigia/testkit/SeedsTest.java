package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeedsTest {
  @Test
  void run_cases_eachHasItsOwnChance() {
    HashSet<Long> numbers = new HashSet<>();
    Seeds.run("all", 20, random -> numbers.add(random.nextLong()));
    assertEquals(System.getProperty("vigia.seed") == null ? 20 : 1, numbers.size());
  }

  @Test
  void run_failure_namesTheSeed() {
    int wrong = Integer.getInteger("vigia.seed", 0);
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                Seeds.run(
                    "windows",
                    3,
                    random -> {
                      throw new IOException("broken");
                    }));
    assertEquals("windows: run it alone with -Dvigia.seed=" + wrong, failure.getMessage());
    assertEquals(
        "broken",
        String.valueOf(java.util.Objects.requireNonNull(failure.getCause()).getMessage()));
  }

  /** A seed that does not give the same case again is no seed. */
  @Test
  void generators_sameSeed_giveTheSame() {
    assertEquals(generated(), generated());
  }

  private static List<String> generated() {
    List<String> shown = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      CompiledPipeline pipeline =
          RandomPipeline.compile(RandomPipeline.of(random, RandomPipeline.LONG_DEDUPE));
      shown.add(pipeline.definition().features() + " " + pipeline.definition().rules());
      RandomEvents events = RandomEvents.of(pipeline).repeats(5).conflicts(5);
      for (Event event : events.events(random, 50)) {
        shown.add(
            event.id() + " " + event.key() + " " + event.timeMs() + " " + event.contentHash());
      }
    }
    return shown;
  }
}
