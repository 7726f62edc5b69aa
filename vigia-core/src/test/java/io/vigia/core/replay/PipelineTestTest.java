package io.vigia.core.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.pipeline.TestDefinition.Expected;
import io.vigia.core.pipeline.TestDefinition.Given;
import io.vigia.core.pipeline.TestDefinition.Never;
import io.vigia.core.pipeline.TestDefinition.Value;
import io.vigia.core.problem.Text;
import io.vigia.core.replay.PipelineTest.Failure;
import io.vigia.core.replay.PipelineTest.Report;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PipelineTestTest {
  private static final CompiledPipeline PIPELINE =
      new PipelineDraft()
          .stream(
                  "a",
                  "card",
                  "id string, t timestamp, card string, m decimal, at timestamp?, s string?")
              .stream("lines", "card", "card string, n int")
              .feature("count_1m", "a by card: count over 60000")
              .feature("mean_1m", "a by card: mean m over 60000")
              .feature("prev", "a by card: previous m+s")
              .feature("seen", "a by card: last at")
              .rule("many", "a", "count_1m >= 3", "review", 10, "{{count_1m}} in a minute", false)
              .rule("big", "a", "event.m > 100", "block", 50)
              .rule("tried", "a", "true", "block", 1, null, true)
              .compile();

  /** Values as {@code "id=p1, m=5, s="}, the last one missing. */
  private static Map<String, Value> values(String values) {
    Map<String, Value> map = new LinkedHashMap<>();
    if (!values.isEmpty()) {
      for (String assignment : values.split(", ", -1)) {
        String[] sides = assignment.split("=", 2);
        map.put(sides[0], PipelineDraft.value(sides[0], sides[1].isEmpty() ? null : sides[1]));
      }
    }
    return map;
  }

  private static Given given(
      String stream, String values, @Nullable Long atMs, int times, long everyMs) {
    return new Given(
        PipelineDraft.text(stream), values(values), atMs, times, everyMs, PipelineDraft.NOWHERE);
  }

  private static List<Text> texts(String... values) {
    return Arrays.stream(values).map(PipelineDraft::text).toList();
  }

  private static Expected outcome(String outcome) {
    return new Expected(
        PipelineDraft.text(outcome), null, null, null, Map.of(), PipelineDraft.NOWHERE);
  }

  private static Expected features(String features) {
    return new Expected(null, null, null, null, values(features), PipelineDraft.NOWHERE);
  }

  private static Report run(String id, Expected expected, Given... given) {
    return new PipelineTest(PIPELINE)
        .run(new TestDefinition(PipelineDraft.text("test"), List.of(given), Map.of(id, expected)));
  }

  private static final Given THREE = given("a", "id=p{{n}}, card=c, m=1.50", 0L, 3, 20_000);

  @Test
  void run_everythingAsExpected_passes() {
    Report report =
        run(
            "p3",
            new Expected(
                PipelineDraft.text("review"),
                texts("many"),
                10L,
                texts("3 in a minute"),
                values("count_1m=3, mean_1m=1.5, prev.m=1.50, prev.s="),
                PipelineDraft.NOWHERE),
            THREE);
    assertEquals(List.of(), report.failures());
    assertTrue(report.passed());
    assertEquals(3, report.events());
  }

  @Test
  void run_everyPartOfAnExpectation_failsOnItsOwn() {
    List<Failure> failures =
        run(
                "p3",
                new Expected(
                    PipelineDraft.text("block"),
                    texts("many", "big"),
                    60L,
                    texts("3 in a minute", ""),
                    values("count_1m=4, prev.m=2"),
                    PipelineDraft.NOWHERE),
                THREE)
            .failures();
    assertEquals(
        List.of(
            "outcome: block, found review",
            "rules: [many, big], found [many]",
            "score: 60, found 10",
            "reasons: [3 in a minute, ], found [3 in a minute]",
            "count_1m: 4, found 3",
            "prev.m: 2, found 1.5"),
        failures.stream()
            .map(f -> f.what() + ": " + f.expected() + ", found " + f.found())
            .toList());
    assertEquals("p3", failures.get(0).eventId());
  }

  @Test
  void describe_failure_showsEventDecisionAndFeatures() {
    List<Failure> failures =
        run(
                "p3",
                new Expected(
                    PipelineDraft.text("block"), null, 60L, null, Map.of(), PipelineDraft.NOWHERE),
                given("a", "id=p{{n}}, card=c, m=95.5", 0L, 3, 20_000))
            .failures();
    assertEquals(
        """
        draft.yaml:0  event p3
          outcome: expected block, found review
          score: expected 60, found 10
          event: a at 2026-01-01T00:00:40Z, key c
            id    p3
            t     2026-01-01T00:00:40Z
            card  c
            m     95.5
            at    missing
            s     missing
          decided: review, score 10
            many  review, score 10, 3 in a minute
          why many:
            yes  count_1m >= 3  count_1m is 3
          why not big:
            no   event.m > 100  event.m is 95.5
          why not tried:
            in shadow, or not rolled out to this key
            yes  true
          features:
            count_1m  3
            mean_1m   95.5
            prev.m    95.5
            prev.s    missing
            seen      missing
          nearly: big, event.m > 100, found 95.5
          in shadow: tried, block
        """,
        String.join("\n", PipelineTest.describe(failures)) + "\n");
  }

  @Test
  void run_eventThatNobodyGave_failsWithThoseThatAre() {
    Failure failure = run("p9", outcome("review"), THREE).failures().get(0);
    assertEquals("a decision for event 'p9'", failure.expected());
    assertEquals("decisions for [p1, p2, p3]", failure.found());
  }

  /** The file says null where a value is missing. */
  @Test
  void run_missingValue_isExpectedAsNull() {
    assertTrue(run("p1", features("prev.m=, prev.s=, seen="), THREE).passed());
    Failure failure = run("p1", features("prev.m=1"), THREE).failures().get(0);
    assertEquals("null", failure.found());
    failure = run("p1", features("count_1m="), THREE).failures().get(0);
    assertEquals("null", failure.expected());
    assertEquals("1", failure.found());
  }

  @Test
  void run_numbersAndTimes_areComparedByValue() {
    assertTrue(run("p3", features("count_1m=3.0, mean_1m=15e-1"), THREE).passed());
    Given timed = given("a", "id=p, card=c, m=1, at=2026-01-01T10:00:00+02:00", 0L, 1, 0);
    assertTrue(run("p", features("seen=2026-01-01T08:00:00Z"), timed).passed());
    assertTrue(run("p", features("seen=2026-01-01T08:00:00.000Z"), timed).passed());
    assertEquals(1, run("p", features("seen=2026-01-01T08:00:01Z"), timed).failures().size());
  }

  @Test
  void run_ownTime_isTakenFromTheEvent() {
    assertTrue(
        run(
                "p2",
                features("count_1m=1"),
                given("a", "id=p1, card=c, m=1, t=2026-01-01T00:00:00Z", null, 1, 0),
                given("a", "id=p2, card=c, m=1, t=2026-01-01T00:01:00Z", null, 1, 0))
            .passed());
  }

  @Test
  void run_streamWithoutIds_numbersItsEvents() {
    assertTrue(
        run("test:2", outcome("allow"), given("lines", "card=c, n={{n}}", 0L, 2, 0)).passed());
  }

  @Test
  void run_repeatedEvent_isDecidedOnce() {
    Given once = given("a", "id=p1, card=c, m=1", 0L, 1, 0);
    assertTrue(run("p1", features("count_1m=1"), once, once).passed());
  }

  @Test
  void run_twice_beginsAnewEachTime() {
    PipelineTest test = new PipelineTest(PIPELINE);
    TestDefinition definition =
        new TestDefinition(
            PipelineDraft.text("test"), List.of(THREE), Map.of("p3", features("count_1m=3")));
    assertTrue(test.run(definition).passed());
    assertTrue(test.run(definition).passed());
  }

  /** Each part of a condition stands with its answer and what it read. */
  @Test
  void describe_ruleThatDidNotFire_showsThePartsOfItsCondition() {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .stream("a", "card", "id string, t timestamp, card string, m decimal, s string?")
                .feature("count_1m", "a by card: count over 60000")
                .rule(
                    "odd",
                    "a",
                    "count_1m >= 1 && (event.s == \"a && b\" ||\n  event.m > 100)",
                    "block",
                    50)
                .compile();
    Given given = given("a", "id=p1, card=c, m=5, s=", 0L, 1, 0);
    List<Failure> failures =
        new PipelineTest(pipeline)
            .run(
                new TestDefinition(
                    PipelineDraft.text("test"), List.of(given), Map.of("p1", outcome("block"))))
            .failures();
    assertEquals(
        List.of(
            "why not odd: count_1m >= 1 && (event.s == \"a && b\" || event.m > 100)",
            "  yes  count_1m >= 1        count_1m is 1",
            "  ?    event.s == \"a && b\"  event.s is missing",
            "  no   event.m > 100        event.m is 5"),
        failures.get(0).situation().stream()
            .dropWhile(line -> !line.startsWith("why"))
            .takeWhile(line -> !line.startsWith("features"))
            .toList());
  }

  private static List<String> whys(List<Failure> failures) {
    return failures.get(0).situation().stream()
        .filter(line -> line.startsWith("why"))
        .map(line -> line.replaceAll(":.*", ""))
        .toList();
  }

  @Test
  void describe_rulesAsExpectedAndOutcomeOrScoreNot_explainsThoseThatFired() {
    Given given = given("a", "id=p{{n}}, card=c, m=200", 0L, 3, 20_000);
    List<Failure> outcome =
        run(
                "p3",
                new Expected(
                    PipelineDraft.text("review"),
                    texts("many", "big"),
                    null,
                    null,
                    Map.of(),
                    PipelineDraft.NOWHERE),
                given)
            .failures();
    assertEquals("block", outcome.get(0).found());
    assertEquals(List.of("why many", "why big"), whys(outcome));
    for (List<Text> rules : Arrays.asList(texts("many", "big"), null)) {
      List<Failure> score =
          run("p3", new Expected(null, rules, 50L, null, Map.of(), PipelineDraft.NOWHERE), given)
              .failures();
      assertEquals("60", score.get(0).found());
      assertEquals(List.of("why many", "why big"), whys(score));
    }
    List<String> votes =
        outcome.get(0).situation().stream()
            .dropWhile(line -> !line.startsWith("decided"))
            .limit(3)
            .toList();
    assertEquals(
        List.of(
            "decided: block, score 60",
            "  many  review, score 10, 3 in a minute",
            "  big   block, score 50"),
        votes);
  }

  @Test
  void describe_rulesAndOutcomeAsExpected_explainsNoRule() {
    Expected expected =
        new Expected(
            PipelineDraft.text("review"),
            texts("many"),
            10L,
            texts("no reason"),
            Map.of(),
            PipelineDraft.NOWHERE);
    assertEquals(List.of(), whys(run("p3", expected, THREE).failures()));
  }

  private static Report runNever(Never never, Given... given) {
    CompiledPipeline pipeline =
        new PipelineDraft()
            .stream("a", "card", "id string, t timestamp, card string, m decimal")
                .pattern(
                    new PatternDefinition(
                        PipelineDraft.text("quiet"),
                        texts("card"),
                        60_000,
                        List.of(step("begin", 1, false), step("absent", 1, true)),
                        false,
                        false,
                        null))
                .rule("big", "a", "event.m > 100", "block", 50)
                .alert("desk", "event.m < 1")
                .compile();
    return new PipelineTest(pipeline)
        .run(new TestDefinition(PipelineDraft.text("test"), List.of(given), Map.of(), never));
  }

  private static StepDefinition step(String name, int times, boolean negated) {
    return new StepDefinition(
        PipelineDraft.text(name),
        List.of(new Candidate(PipelineDraft.text("a"), null)),
        times,
        times,
        negated);
  }

  private static List<String> told(Report report) {
    return report.failures().stream()
        .map(f -> f.eventId() + " " + f.what() + ": " + f.expected() + ", found " + f.found())
        .toList();
  }

  @Test
  void run_silenceThatMustNotBe_failsWithTheFirst() {
    Never never = new Never(texts("quiet"), List.of());
    Given beats = given("a", "id=b{{n}}, card=c, m=5", 0L, 3, 59_000);
    assertTrue(runNever(never, beats).passed());
    Report report = runNever(never, beats, Given.pause(120_000, PipelineDraft.NOWHERE));
    assertEquals(
        List.of(
            "quiet:c@2026-01-01T00:02:58Z never: no silence 'quiet', found one at"
                + " 2026-01-01T00:02:58Z"),
        told(report));
    assertTrue(runNever(Never.NOTHING, beats).passed());
  }

  @Test
  void run_alertThatMustNotBe_failsWithTheDecisionThatRaisesIt() {
    Never never = new Never(List.of(), texts("desk"));
    assertTrue(runNever(never, given("a", "id=p, card=c, m=5", 0L, 1, 0)).passed());
    Report report = runNever(never, given("a", "id=p{{n}}, card=c, m=500", 0L, 2, 1_000));
    assertEquals(
        List.of("p1 never: no alert 'desk', found one at 2026-01-01T00:00:00Z"), told(report));
    assertTrue(report.failures().get(0).situation().contains("alerts raised: desk"));
  }
}
