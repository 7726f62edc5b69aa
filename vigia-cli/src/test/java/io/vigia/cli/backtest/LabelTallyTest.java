package io.vigia.cli.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTallyTest {
  private final LabelTally tally = new LabelTally(List.of("allow", "review", "block"));

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "false", "FALSE", "0", "0.0", "no", "N", "legit", "Normal"})
  void isPositive_wordForNo_isFalse(String label) {
    assertFalse(LabelTally.isPositive(label));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "yes", "fraud", "stolen_card", "2"})
  void isPositive_anythingElse_isTrue(String label) {
    assertTrue(LabelTally.isPositive(label));
  }

  @Test
  void rows_severerOutcomes_countForMilderThresholds() {
    add("fraud", "block", 6);
    add("fraud", "review", 2);
    add("fraud", "allow", 2);
    add("", "block", 2);
    add("no", "review", 10);
    add("no", "allow", 80);
    assertEquals(
        List.of(
            new LabelTally.Row("block", 6, 2, 0.75, 0.6),
            new LabelTally.Row("review", 2, 10, 0.4, 0.8),
            new LabelTally.Row("allow", 2, 80, 10.0 / 102, 1.0)),
        tally.rows());
    assertEquals("review", tally.threshold().outcome());
    assertEquals(10, tally.positives());
    assertEquals(92, tally.negatives());
    assertEquals(2, tally.missing());
  }

  @Test
  void rows_nothingAdded_haveNoShares() {
    assertTrue(Double.isNaN(tally.threshold().precision()));
    assertTrue(Double.isNaN(tally.threshold().recall()));
  }

  @Test
  void kinds_positiveLabels_areCountedOneByOne() {
    add("stolen", "block", 3);
    add("stolen", "allow", 1);
    add("testing", "review", 2);
    add("no", "block", 5);
    assertEquals(
        List.of(new LabelTally.Kind("stolen", 4, 3), new LabelTally.Kind("testing", 2, 2)),
        tally.kinds());
  }

  @Test
  void kinds_tooMany_areLimited() {
    for (int i = 0; i < 100; i++) {
      add("kind" + i, "block", 1);
    }
    assertEquals(20, tally.kinds().size());
    assertEquals(100, tally.positives());
  }

  private void add(String label, String outcome, int times) {
    for (int i = 0; i < times; i++) {
      tally.add(label, outcome);
    }
  }
}
