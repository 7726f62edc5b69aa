package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RolloutTest {
  private static Rollout rollout(String rule, int percent) {
    return new Rollout("p", rule, new RuleMode(percent));
  }

  @Test
  void covers_percent_isAboutThatShareOfTheKeys() {
    int in = 0;
    for (int key = 0; key < 10_000; key++) {
      in += rollout("r", 10).covers("c" + key) ? 1 : 0;
    }
    assertTrue(in > 900 && in < 1_100, in + " of 10000");
  }

  @Test
  void covers_growingPercent_keepsWhoIsIn() {
    for (int key = 0; key < 1_000; key++) {
      boolean before = false;
      for (int percent = 0; percent <= 100; percent += 5) {
        boolean now = rollout("r", percent).covers("c" + key);
        assertFalse(before && !now, "c" + key + " left at " + percent);
        before = now;
      }
      assertTrue(before);
    }
  }

  /** So that two rules are not tried on the same customers. */
  @Test
  void covers_anotherRule_hasOtherKeys() {
    int both = 0;
    for (int key = 0; key < 10_000; key++) {
      both += rollout("r", 50).covers("c" + key) && rollout("s", 50).covers("c" + key) ? 1 : 0;
    }
    assertTrue(both > 2_300 && both < 2_700, both + " of 10000");
  }

  /** A later version must find the keys of an earlier one. */
  @Test
  void covers_knownKeys_neverChange() {
    StringBuilder in = new StringBuilder();
    for (int key = 0; key < 20; key++) {
      in.append(rollout("velocity", 30).covers("card-" + key) ? '1' : '0');
    }
    assertEquals("10010110001001010110", in.toString());
  }
}
