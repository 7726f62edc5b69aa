package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.decision.Decision.Unknown;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RuleSetTest {
  private static PipelineDraft draft() {
    return new PipelineDraft()
        .stream("a", "card", "id string, t timestamp, card string, i int, o int?, s string?");
  }

  private static Decision decide(CompiledPipeline pipeline, String... events) {
    Replay replay = new Replay(pipeline, 3);
    Decision decision = null;
    for (int i = 0; i < events.length; i++) {
      decision =
          replay
              .process(
                  PipelineDraft.event(
                      pipeline, "a", "id=e" + i + " t=" + i + " card=c " + events[i]))
              .decision();
    }
    return Objects.requireNonNull(decision);
  }

  @Test
  void decide_noRuleFires_isTheMildestOutcome() {
    Decision decision = decide(draft().rule("r", "a", "event.i > 3", "block", 7).compile(), "i=1");
    assertEquals("allow", decision.outcome());
    assertEquals(0, decision.score());
    assertEquals(List.of(), decision.rules());
    assertEquals(Map.of(), decision.features());
    assertEquals(3, decision.version());
    assertEquals("draft", decision.pipeline());
  }

  @Test
  void decide_severalFire_takesTheSeverestAndAddsUp() {
    Decision decision =
        decide(
            draft()
                .rule("one", "a", "event.i > 0", "review", 10)
                .rule("two", "a", "event.i > 1", "block", 20)
                .rule("three", "a", "event.i > 2", "challenge", -5)
                .rule("four", "a", "event.i > 9", "block", 1_000)
                .compile(),
            "i=5");
    assertEquals("block", decision.outcome());
    assertEquals(25, decision.score());
    assertEquals(
        List.of("one", "two", "three"), decision.rules().stream().map(Fired::rule).toList());
  }

  @Test
  void decide_outcomesOfItsOwn_areInTheirOrder() {
    Decision decision =
        decide(
            draft()
                .outcomes("block", "review", "allow")
                .rule("one", "a", "event.i > 0", "block", 0)
                .rule("two", "a", "event.i > 0", "allow", 0)
                .compile(),
            "i=5");
    assertEquals("allow", decision.outcome());
  }

  @Test
  void decide_scoresBeyond32Bits_doNotOverflow() {
    PipelineDraft draft = draft();
    for (int i = 0; i < 4; i++) {
      draft.rule("r" + i, "a", "true", "review", Integer.MAX_VALUE);
    }
    assertEquals(4L * Integer.MAX_VALUE, decide(draft.compile(), "i=1").score());
  }

  @Test
  void decide_shadowRule_isToldAndDecidesNothing() {
    Decision decision =
        decide(
            draft()
                .feature("count_5", "a by card: count over 5")
                .rule("tried", "a", "count_5 > 0", "block", 50, "seen {{count_5}}", true)
                .compile(),
            "i=5");
    assertEquals("allow", decision.outcome());
    assertEquals(0, decision.score());
    assertEquals(List.of(), decision.rules());
    assertEquals(List.of(new Fired("tried", "block", 50, "seen 1")), decision.shadow());
    assertEquals(Map.of("count_5", 1L), decision.features());
  }

  @Test
  void decide_missingValue_isUnknownWithWhatItLacks() {
    Decision decision =
        decide(
            draft()
                .feature("low", "a by card: min o over 5")
                .rule("one", "a", "event.o > 3", "block", 0)
                .rule("two", "a", "low > 3 && event.s == \"x\"", "block", 0)
                .rule("three", "a", "event.i / (event.i - 5) > 1", "block", 0)
                .rule("four", "a", "low > 3 || event.i == 5", "review", 0)
                .rule("five", "a", "event.o > 3", "block", 0, null, true)
                .compile(),
            "i=5");
    assertEquals("review", decision.outcome());
    assertEquals(
        List.of(
            new Unknown("one", "event.o is missing"),
            new Unknown("two", "event.s, low is missing"),
            new Unknown("three", "divide by zero"),
            new Unknown("five", "event.o is missing")),
        decision.unknown());
  }

  @Test
  void decide_features_areThoseThatFiredRulesRead() {
    Decision decision =
        decide(
            draft()
                .feature("other", "a by card: count over 9")
                .feature("low", "a by card: min o over 5")
                .feature("prev", "a by card: previous i+s")
                .feature("count_5", "a by card: count over 5")
                .rule("fires", "a", "count_5 > 0 || low > 1", "review", 0, "{{prev.i}}", false)
                .rule("not", "a", "other > 99", "review", 0)
                .compile(),
            "i=4",
            "i=5");
    assertEquals(List.of("low", "prev", "count_5"), new ArrayList<>(decision.features().keySet()));
    assertNull(decision.features().get("low"));
    assertEquals(2L, decision.features().get("count_5"));
    Map<?, ?> parts = (Map<?, ?>) Objects.requireNonNull(decision.features().get("prev"));
    assertEquals(4L, parts.get("i"));
    assertTrue(parts.containsKey("s"));
    assertNull(parts.get("s"));
    assertEquals(List.of("4"), decision.rules().stream().map(Fired::reason).toList());
  }

  @Test
  void decide_featureWithPartsAllMissing_isMissingAsAWhole() {
    Decision decision =
        decide(
            draft()
                .feature("prev", "a by card: previous i+s")
                .rule(
                    "fires",
                    "a",
                    "event.i > 0 || prev.i > 3",
                    "review",
                    0,
                    "{{prev.i}} {{prev.s}}",
                    false)
                .compile(),
            "i=4");
    assertTrue(decision.features().containsKey("prev"));
    assertNull(decision.features().get("prev"));
    assertEquals("? ?", decision.rules().get(0).reason());
  }

  @Test
  void decide_anotherStreamsRules_areNotAsked() {
    CompiledPipeline pipeline =
        draft().stream("b", "card", "id string, t timestamp, card string")
            .rule("r", "b", "true", "block", 0)
            .compile();
    assertEquals("allow", decide(pipeline, "i=1").outcome());
  }

  @Test
  void reads_rules_areAllTheirFeatures() {
    List<String> words = Arrays.asList("count_5", "low");
    CompiledPipeline pipeline =
        draft()
            .feature("low", "a by card: min o over 5")
            .feature("count_5", "a by card: count over 5")
            .rule("r", "a", "count_5 > 0", "block", 0, "{{low}}", false)
            .compile();
    assertEquals(
        words.stream().sorted().toList(),
        decide(pipeline, "i=1").features().keySet().stream().sorted().toList());
  }
}
