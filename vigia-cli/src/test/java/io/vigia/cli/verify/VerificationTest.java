package io.vigia.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.verify.Verification.Outcome;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.decision.DecisionJson;
import io.vigia.wire.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class VerificationTest {
  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: p
      streams:
        payments:
          id: id
          time: at
          key: card
          fields: {id: string, at: timestamp, card: string, shop: string}
      features:
        card_count: {on: payments, by: card, count: true, over: 1h}
        shop_count: {on: payments, by: shop, count: true, over: 1h}
      rules:
        - id: by_card
          on: payments
          when: 'card_count >= 2'
          outcome: review
          reason: '{{card_count}}'
        - id: by_shop
          on: payments
          when: 'shop_count >= 3'
          outcome: block
          reason: '{{shop_count}} {{card_count}}'
      """;

  private final CompiledPipeline pipeline = pipeline();
  private final Verification verification = new Verification(pipeline);
  private final List<Recorded> recorded = new ArrayList<>();

  VerificationTest() {
    Replay replay = new Replay(pipeline, 1);
    DecisionJson json = new DecisionJson();
    String[][] events = {{"p1", "c1", "s"}, {"p2", "c1", "s"}, {"p3", "c2", "s"}};
    for (int i = 0; i < events.length; i++) {
      Decision decision = Objects.requireNonNull(replay.process(event(events[i], i)).decision());
      verification.replayed(decision);
      recorded.add(Recorded.read(json.encode(decision)));
    }
  }

  private static CompiledPipeline pipeline() {
    Problems problems = new Problems();
    return PipelineReader.read("p.yaml", PIPELINE.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
  }

  private Event event(String[] texts, int ordinal) {
    StreamSchema stream = Objects.requireNonNull(pipeline.stream("payments"));
    Slots values = new Slots(stream.size());
    values.setObject(0, texts[0]);
    values.setNumber(1, ordinal * 1000L);
    values.setObject(2, texts[1]);
    values.setObject(3, texts[2]);
    return new Event(stream, texts[0], texts[1], ordinal * 1000L, values, 0, 0, ordinal);
  }

  private Outcome compare() {
    return verification.compare(sink -> recorded.forEach(sink));
  }

  private static Recorded with(
      Recorded decision, String outcome, List<String> rules, Map<String, String> features) {
    return new Recorded(
        decision.id(),
        decision.pipeline(),
        decision.stream(),
        decision.key(),
        decision.eventId(),
        outcome,
        rules,
        features,
        RecordedMoment.UNKNOWN);
  }

  @Test
  void compare_same_isPassedInAnyOrder() {
    String before = compare().all().recorded();
    Collections.reverse(recorded);
    Outcome outcome = compare();
    assertTrue(outcome.isPassed(true));
    assertEquals(3, outcome.equal());
    assertEquals(before, outcome.all().recorded());
    assertEquals(outcome.all().replayed(), outcome.all().recorded());
    assertEquals(2, outcome.all().equalKeys());
  }

  @Test
  void compare_featureOfAnotherEntity_differsOnlyInWhatIsNotPromised() {
    // In the run, p3 met the shop before p2 did, so that p2 was its third payment.
    recorded.set(
        1,
        with(
            recorded.get(1),
            "block",
            List.of("by_card", "by_shop"),
            Map.of("card_count", "2", "shop_count", "3")));
    recorded.set(2, with(recorded.get(2), "allow", List.of(), Map.of()));
    Outcome outcome = compare();
    assertTrue(outcome.isPassed(false));
    assertFalse(outcome.isPassed(true));
    assertEquals(2, outcome.otherDifferent());
    assertEquals(outcome.ofPromised().replayed(), outcome.ofPromised().recorded());
    assertFalse(outcome.all().replayed().equals(outcome.all().recorded()));
    assertEquals(
        Map.of("card_count", 1L, "outcome", 2L, "rule by_shop", 2L, "shop_count", 2L),
        outcome.differentParts());
  }

  @Test
  void compare_featureOfTheKey_differsInWhatIsPromised() {
    recorded.set(1, with(recorded.get(1), "review", List.of("by_card"), Map.of("card_count", "3")));
    Outcome outcome = compare();
    assertFalse(outcome.isPassed(false));
    assertEquals(1, outcome.promisedDifferent());
    assertEquals(
        List.of(new Difference.Part("card_count", "2", "3", true)),
        outcome.differences().get(0).parts());
    assertEquals(1, outcome.ofPromised().equalKeys());
  }

  @Test
  void compare_outcomeAloneDiffers_isPromised() {
    recorded.set(1, with(recorded.get(1), "block", List.of("by_card"), Map.of("card_count", "2")));
    assertEquals(1, compare().promisedDifferent());
  }

  @Test
  void compare_missingAndExtra_areNamed() {
    Recorded p1 = recorded.remove(0);
    recorded.add(
        new Recorded(
            "0",
            "p",
            "payments",
            "c9",
            "p9",
            "allow",
            List.of(),
            Map.of(),
            RecordedMoment.UNKNOWN));
    Outcome outcome = compare();
    assertFalse(outcome.isPassed(false));
    assertEquals(List.of("payments " + p1.eventId()), outcome.missingEvents());
    assertEquals(List.of("payments p9"), outcome.extraEvents());
    assertEquals(2, outcome.equal());
  }

  @Test
  void compare_recordedTwice_isCounted() {
    recorded.add(recorded.get(0));
    Outcome outcome = compare();
    assertEquals(1, outcome.doubled());
    assertFalse(outcome.isPassed(false));
  }

  @Test
  void compare_nothingRecorded_missesEverything() {
    recorded.clear();
    assertEquals(3, compare().missing());
  }

  @Test
  void compare_manyDifferences_showsPromisedFirst() {
    Difference.Part other = new Difference.Part("x", "1", "2", false);
    assertFalse(new Difference(recorded.get(0), List.of(other)).isPromised());
    recorded.set(0, with(recorded.get(0), "block", List.of("by_shop"), Map.of("shop_count", "9")));
    recorded.set(1, with(recorded.get(1), "review", List.of("by_card"), Map.of("card_count", "9")));
    List<Difference> shown = compare().differences();
    assertEquals("p2", shown.get(0).replayed().eventId());
    assertEquals("p1", shown.get(1).replayed().eventId());
  }

  @Test
  void read_nestedAndMissingValues_areKeptAsText() {
    Recorded read =
        Recorded.read(
            ("{\"stream\":\"s\",\"event_id\":\"e\",\"outcome\":\"allow\",\"rules\":[\"a\"],"
                    + "\"features\":{\"n\":1.50,\"m\":null,\"t\":\"x\",\"p\":{\"a\":1,\"b\":[2]}}}")
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Map.of("n", "1.50", "m", "missing", "t", "\"x\"", "p", "{a: 1, b: [2]}"), read.features());
    assertEquals("", read.key());
  }
}
