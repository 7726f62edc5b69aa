package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.decision.AlertLog.Effects;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server's alerts do, which {@code AlertIT} holds there, in memory. */
final class AlertLogTest {
  private static final long MINUTE = 60_000;
  private static final CompiledPipeline PIPELINE =
      new PipelineDraft().stream("a", "card", "id string, t timestamp, card string").compile();

  private final AlertLog log =
      new AlertLog(
          List.of(
              new AlertDefinition(
                  PipelineDraft.text("desk"),
                  List.of(PipelineDraft.text("block")),
                  List.of(PipelineDraft.text("card")),
                  30 * MINUTE,
                  PipelineDraft.text("true"),
                  120 * MINUTE,
                  0)));

  private Effects take(String card, long minute, String outcome, boolean resolves) {
    return take(card, minute, outcome, resolves, minute);
  }

  private Effects take(
      String card, long minute, String outcome, boolean resolves, long clockMinute) {
    Decision decision =
        new Decision(
            "p",
            1,
            PipelineDraft.event(
                PIPELINE, "a", "id=e%d t=%d card=%s".formatted(minute, minute * MINUTE, card)),
            outcome,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            resolves ? List.of("desk") : List.of(),
            false);
    return log.take(decision, clockMinute * MINUTE);
  }

  private static final Effects RAISES = new Effects(List.of("desk"), List.of(), List.of());
  private static final Effects JOINS = new Effects(List.of(), List.of("desk"), List.of());
  private static final Effects ENDS = new Effects(List.of(), List.of(), List.of("desk"));

  @Test
  void take_withinTheCooldown_joinsTheRaisedOne() {
    assertEquals(RAISES, take("c", 100, "block", false));
    assertEquals(JOINS, take("c", 129, "block", false));
    assertEquals(JOINS, take("c", 71, "block", false, 130));
    assertEquals(RAISES, take("c", 130, "block", false));
    assertEquals(Effects.NONE, take("c", 131, "allow", false));
  }

  @Test
  void take_anotherGroup_isRaisedApart() {
    assertEquals(RAISES, take("c", 100, "block", false));
    assertEquals(RAISES, take("d", 100, "block", false));
  }

  @Test
  void take_laterEventThatResolves_endsAndTheNextIsRaised() {
    take("c", 100, "block", false);
    assertEquals(Effects.NONE, take("c", 99, "allow", true, 100));
    assertEquals(Effects.NONE, take("d", 105, "allow", true));
    assertEquals(ENDS, take("c", 105, "allow", true));
    assertEquals(Effects.NONE, take("c", 106, "allow", true));
    assertEquals(JOINS, take("c", 104, "block", false, 106));
    assertEquals(RAISES, take("c", 106, "block", false));
  }

  @Test
  void take_afterQuiet_raisesAnew() {
    take("c", 100, "block", false);
    assertEquals(Effects.NONE, take("c", 101, "allow", true, 220));
    assertEquals(RAISES, take("c", 110, "block", false, 221));
  }
}
