package io.vigia.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vigia.core.event.FieldType;
import org.junit.jupiter.api.Test;

final class StateSignatureTest {
  private static PipelineDraft draft() {
    return new PipelineDraft()
        .stream("a", "card", "id string, t timestamp, card string, m decimal")
            .list("big", FieldType.DECIMAL, "100");
  }

  private static String of(PipelineDraft draft) {
    return draft.compile().stateSignature();
  }

  @Test
  void of_otherRulesAndLists_isTheSame() {
    assertEquals(
        of(draft().feature("f", "a by card: count over 5")),
        of(
            draft()
                .feature("f", "a by card: count over 5")
                .rule("r", "a", "event.m in lists.big", "block", 1)
                .list("more", FieldType.INT, "1")));
  }

  @Test
  void of_otherFeatures_isAnother() {
    String before = of(draft().feature("f", "a by card: count over 5"));
    assertNotEquals(before, of(draft()));
    assertNotEquals(before, of(draft().feature("f", "a by card: count over 6")));
    assertNotEquals(before, of(draft().feature("f", "a by card: count over 5 delay 1")));
    assertNotEquals(before, of(draft().feature("f", "a by card: count over 5 exclude")));
    assertNotEquals(before, of(draft().feature("f", "a by card: count over 5 where event.m > 1")));
    assertNotEquals(before, of(draft().feature("g", "a by card: count over 5")));
  }

  @Test
  void of_otherStreams_isAnother() {
    String before = of(draft());
    assertNotEquals(before, of(draft().stream("b", "card", "id string, card string")));
    assertNotEquals(
        before,
        of(
            new PipelineDraft()
                .dedupe(5).stream("a", "card", "id string, t timestamp, card string, m decimal")));
    assertNotEquals(
        before,
        of(
            new PipelineDraft()
                .stream("a", "card", "id string, t timestamp, card string, m decimal?")));
  }

  /** A list that decides what enters a window is part of what the state is. */
  @Test
  void of_listThatAWhereReads_isAnother() {
    String where = "a by card: count over 5 where event.m in lists.l";
    assertNotEquals(
        of(draft().list("l", FieldType.DECIMAL, "1").feature("f", where)),
        of(draft().list("l", FieldType.DECIMAL, "2").feature("f", where)));
  }
}
