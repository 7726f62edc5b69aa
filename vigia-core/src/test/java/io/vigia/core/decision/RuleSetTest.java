package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.decision.Decision.NearMiss;
import io.vigia.core.decision.Decision.Unknown;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.replay.Replay;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  private static RuleDefinition rule(
      String id, String when, RuleMode mode, @Nullable Schedule schedule, long expiresMs) {
    return new RuleDefinition(
        PipelineDraft.text(id),
        PipelineDraft.text("a"),
        PipelineDraft.text(when),
        PipelineDraft.text("block"),
        5,
        null,
        mode,
        schedule,
        expiresMs);
  }

  @Test
  void decide_firstMatch_asksNoRuleBehindIt() {
    Decision decision =
        decide(
            draft()
                .match(RuleMatch.FIRST)
                .rule("lacks", "a", "event.o > 3", "block", 1)
                .rule("tried", "a", "event.i > 0", "block", 2, null, true)
                .rule("one", "a", "event.i > 0", "challenge", 4)
                .rule("two", "a", "event.i > 1", "block", 8)
                .rule("lacks_too", "a", "event.o > 3", "block", 16)
                .compile(),
            "i=5");
    assertEquals("challenge", decision.outcome());
    assertEquals(4, decision.score());
    assertEquals(List.of("one"), decision.rules().stream().map(Fired::rule).toList());
    assertEquals(List.of("tried"), decision.shadow().stream().map(Fired::rule).toList());
    assertEquals(List.of("lacks"), decision.unknown().stream().map(Unknown::rule).toList());
  }

  @Test
  void decide_rollout_isShadowForTheOtherKeys() {
    CompiledPipeline pipeline =
        draft()
            .rule(rule("r", "event.i > 0", new RuleMode(50), null, RuleDefinition.NEVER))
            .compile();
    Rollout rollout = new Rollout("draft", "r", new RuleMode(50));
    int live = 0;
    for (int i = 0; i < 100; i++) {
      Decision decision =
          Objects.requireNonNull(
              new Replay(pipeline, 1)
                  .process(PipelineDraft.event(pipeline, "a", "id=e t=1 i=1 card=c" + i))
                  .decision());
      boolean in = rollout.covers("c" + i);
      assertEquals(in ? "block" : "allow", decision.outcome());
      assertEquals(in ? 1 : 0, decision.rules().size());
      assertEquals(in ? 0 : 1, decision.shadow().size());
      live += in ? 1 : 0;
    }
    assertTrue(live > 30 && live < 70, live + " of 100");
  }

  @Test
  void decide_scheduleAndExpiry_areByEventTime() {
    Schedule firstMinute = new Schedule(Set.of(DayOfWeek.THURSDAY), 0, 1, ZoneId.of("UTC"));
    CompiledPipeline pipeline =
        draft()
            .rule(rule("minute", "true", RuleMode.LIVE, firstMinute, RuleDefinition.NEVER))
            .rule(rule("short", "event.o > 3", RuleMode.LIVE, null, 70_000))
            .compile();
    Replay replay = new Replay(pipeline, 1);
    List<String> found = new ArrayList<>();
    for (long t : new long[] {0, 59_999, 60_000, 69_999, 70_000}) {
      Decision decision =
          Objects.requireNonNull(
              replay
                  .process(PipelineDraft.event(pipeline, "a", "id=e" + t + " card=c i=1 t=" + t))
                  .decision());
      found.add(decision.rules().size() + "/" + decision.unknown().size());
    }
    assertEquals(List.of("1/1", "1/1", "0/1", "0/1", "0/0"), found);
  }

  private static List<NearMiss> near(String when, String event) {
    CompiledPipeline pipeline =
        draft()
            .feature("count_5", "a by card: count over 5")
            .feature("prev", "a by card: previous i+s")
            .rule("r", "a", when, "block", 0)
            .rule("fires", "a", "true", "review", 0)
            .compile();
    return decide(pipeline, "i=100", event).near();
  }

  @Test
  void near_oneNumberWithinATenth_isTold() {
    assertEquals(List.of(new NearMiss("r", "event.i > 100", 95L)), near("event.i > 100", "i=95"));
    assertEquals(
        List.of(new NearMiss("r", "prev.i >= 110", 100L)),
        near("prev.i >= 110 && event.s == \"x\"", "i=1 s=x"));
    assertEquals(List.of(new NearMiss("r", "event.i < 10", 10L)), near("10 > event.i", "i=10"));
    assertEquals(
        List.of(new NearMiss("r", "event.i > 100", 95L)),
        near("!(event.i <= 100) || (event.i > 100 && event.o == 3)", "i=95 o=3"));
  }

  @Test
  void near_moreThanOneNumber_isNone() {
    assertEquals(List.of(), near("event.i > 100", "i=80"));
    assertEquals(List.of(), near("event.i > 100 && event.o > 10", "i=95 o=10"));
    assertEquals(List.of(), near("event.i > 100 && event.s == \"x\"", "i=95 s=y"));
    assertEquals(List.of(), near("event.i > 100 && event.o > 10", "i=95"));
    assertEquals(List.of(), near("event.i > 100 || event.o > 10", "i=95 o=11"));
  }

  @Test
  void near_mildestOutcome_isFoundOnDemandAlone() {
    CompiledPipeline pipeline = draft().rule("r", "a", "event.i > 100", "block", 0).compile();
    Replay.Result result =
        new Replay(pipeline, 1).process(PipelineDraft.event(pipeline, "a", "id=e t=1 card=c i=95"));
    assertEquals(List.of(), Objects.requireNonNull(result.decision()).near());
    assertEquals(
        List.of(new NearMiss("r", "event.i > 100", 95L)), pipeline.nearMisses(result.row()));
    assertEquals(95L, result.row().event().values().number(3));
  }

  @Test
  void near_manyRules_areAsManyAsAreRead() {
    PipelineDraft draft = draft().rule("fires", "a", "true", "review", 0);
    for (int i = 0; i < 200; i++) {
      draft.rule("r" + i, "a", "event.i > " + (1_000 + i % 60), "block", 0);
    }
    List<NearMiss> near = decide(draft.compile(), "i=1000").near();
    assertEquals(10, near.size());
    assertEquals("r0", near.get(0).rule());
  }

  @Test
  void resolves_conditionHolds_namesTheAlertUnlessTheEventRaisesIt() {
    CompiledPipeline pipeline =
        draft()
            .feature("count_5", "a by card: count over 5")
            .rule("large", "a", "event.i > 100", "block", 0)
            .alert("desk", "count_5 >= 2")
            .alert("other", "event.o > 3")
            .compile();
    assertEquals(List.of(), decide(pipeline, "i=1").resolves());
    assertEquals(List.of("desk"), decide(pipeline, "i=1", "i=1").resolves());
    assertEquals(List.of("desk", "other"), decide(pipeline, "i=1", "i=1 o=4").resolves());
    assertEquals(List.of(), decide(pipeline, "i=1", "i=101 o=4").resolves());
  }
}
