package io.vigia.server.answer;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class RecentDecisionsTest {
  private final byte[] first = {1};
  private final byte[] second = {2};
  private final RecentDecisions recent = new RecentDecisions(1 << 20);

  @Test
  void firstOf_secondDecision_givesTheFirst() {
    recent.trust();
    assertSame(first, recent.firstOf("a", first));
    assertSame(first, recent.firstOf("a", second));
    assertSame(first, recent.find("a"));
    assertSame(second, recent.firstOf("b", second));
  }

  @Test
  void firstOf_beforeTrust_keepsNothing() {
    assertSame(first, recent.firstOf("a", first));
    assertNull(recent.find("a"));
    recent.trust();
    assertSame(second, recent.firstOf("a", second));
  }

  @Test
  void forget_secondDecisionFoundOut_isLeftToTheStore() {
    recent.trust();
    recent.firstOf("a", second);
    recent.forget("a");
    assertNull(recent.find("a"));
  }
}
