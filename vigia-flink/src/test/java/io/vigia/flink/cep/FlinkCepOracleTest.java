package io.vigia.flink.cep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.flink.cep.SharedPattern.Letter;
import io.vigia.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random patterns over random streams, against Flink's CEP library where the meanings coincide. */
final class FlinkCepOracleTest {
  private static final int PATTERNS = 1_000;
  private static final int EVENTS = 30;

  private long completions;
  private int silences;

  @Test
  void matched_whereMeaningsCoincide_equalsFlinkCep() {
    long from = System.nanoTime();
    Seeds.run(
        "patterns",
        PATTERNS,
        random -> {
          SharedPattern pattern = SharedPattern.random(random);
          List<Letter> letters = SharedPattern.letters(random, EVENTS);
          Set<Long> ours = new VigiaPattern(pattern, letters).completions();
          Set<Long> theirs = new FlinkCep(pattern, letters).completions();
          completions += ours.size();
          silences += pattern.endsInSilence() ? 1 : 0;
          if (!ours.equals(theirs)) {
            List<Letter> fewer = shrunk(pattern, letters);
            assertEquals(
                new FlinkCep(pattern, fewer).completions(),
                new VigiaPattern(pattern, fewer).completions(),
                () -> fewer + "\n" + new VigiaPattern(pattern, fewer).text());
          }
        });
    System.out.printf(
        "flink-cep: %d patterns, %d of them end in silence, %d completions, %d ms%n",
        PATTERNS, silences, completions, (System.nanoTime() - from) / 1_000_000);
    if (System.getProperty("vigia.seed") == null) {
      assertTrue(completions > PATTERNS, "completions: got " + completions);
    }
  }

  /** As few events as still show the difference. */
  private static List<Letter> shrunk(SharedPattern pattern, List<Letter> letters) throws Exception {
    List<Letter> fewest = letters;
    for (int i = fewest.size() - 1; i >= 0; i--) {
      List<Letter> fewer = new ArrayList<>(fewest);
      fewer.remove(i);
      if (!new VigiaPattern(pattern, fewer)
          .completions()
          .equals(new FlinkCep(pattern, fewer).completions())) {
        fewest = fewer;
      }
    }
    return fewest;
  }
}
