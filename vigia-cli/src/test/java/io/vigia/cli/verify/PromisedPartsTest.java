package io.vigia.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PromisedPartsTest {
  private static final String PIPELINE =
      """
      vigia: 1
      pipeline: p
      streams:
        payments:
          {id: id, time: at, key: card, fields: {id: string, at: timestamp, card: string, shop: string}}
        logins:
          {id: id, time: at, key: card, fields: {id: string, at: timestamp, card: string}}
        chargebacks:
          {id: id, time: at, key: shop, fields: {id: string, at: timestamp, card: string, shop: string}}
      features:
        own: {on: payments, by: card, count: true, over: 1h}
        sister: {on: logins, by: card, count: true, over: 1h}
        foreign_key: {on: chargebacks, by: card, count: true, over: 1h}
        other_entity: {on: payments, by: shop, count: true, over: 1h}
        wider_entity: {on: payments, by: [card, shop], count: true, over: 1h}
        of_sister: {on: payments, by: card, sum: sister, over: 1h}
        over_own: {on: payments, by: card, sum: own, over: 1h, where: 'late_own > 1'}
        late_own: {on: payments, by: card, count: true, over: 1h, delay: 1m}
      rules:
        - id: good
          on: payments
          when: 'own > 1 && over_own > 1 && event.shop != "other_entity"'
          outcome: review
          reason: 'other_entity is no expression here, {{own}} is'
        - id: by_sister
          on: payments
          when: 'sister > 1'
          outcome: review
          mode: shadow
        - id: by_condition
          on: payments
          when: 'own > 1 || other_entity > 1'
          outcome: review
        - id: by_reason
          on: logins
          when: 'sister > 1'
          outcome: review
          reason: '{{foreign_key}} chargebacks'
          mode: shadow
        - id: quiet
          on: chargebacks
          when: 'true'
          outcome: allow
      """;

  private static final String WAITING =
      """
      vigia: 1
      pipeline: p
      streams:
        orders: {id: id, time: at, key: order, fields: {id: string, at: timestamp, order: string}}
        payments: {id: id, time: at, key: order, fields: {id: string, at: timestamp, order: string}}
      features:
        orders_1h: {on: orders, by: order, count: true, over: 1h}
      patterns:
        quiet: {by: order, on: orders, absent: 1h}
        unpaid:
          by: order
          within: 1h
          steps: [ordered: {on: orders}, paid: {on: payments, not: true}]
        twice: {by: order, within: 1h, steps: [one: {on: orders}, two: {on: orders}]}
        both: {by: order, within: 1h, steps: [one: {on: orders}, two: {on: payments}]}
      rules:
        - {id: quiet_order, on: quiet, when: 'orders_1h > 0', outcome: review}
        - {id: unpaid_order, on: unpaid, when: 'true', outcome: review}
        - {id: twice_ordered, on: orders, when: 'matched.twice', outcome: review}
        - {id: ordered_and_paid, on: payments, when: 'matched.both', outcome: review}
      """;

  private final PromisedParts parts = new PromisedParts(pipeline(PIPELINE));

  private static CompiledPipeline pipeline(String yaml) {
    Problems problems = new Problems();
    return PipelineReader.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
  }

  /** Whether a rule is asked at all hangs on those before it. */
  @Test
  void isRule_firstMatchBehindADoubtfulOne_isNotPromised() {
    String last =
        """
          - id: last
            on: payments
            when: 'own > 1'
            outcome: review
        """;
    assertTrue(new PromisedParts(pipeline(PIPELINE + last)).isRule("last"));
    PromisedParts first = new PromisedParts(pipeline(PIPELINE + last + "match: first\n"));
    assertTrue(first.isRule("good"));
    assertFalse(first.isRule("last"));
  }

  @Test
  void isFeature_fedByTheStreamItselfByItsKey_isTrue() {
    assertEquals(List.of("own", "late_own"), promisedOf("own", "foreign_key", "late_own"));
    assertEquals(List.of(), promisedOf("other_entity", "wider_entity"));
  }

  private List<String> promisedOf(String... features) {
    return Stream.of(features).filter(feature -> parts.isFeature("payments", feature)).toList();
  }

  /** The other stream's events come by a partition of their own: it may be missing still. */
  @Test
  void isFeature_fedByAnotherStreamOfTheKey_isFalse() {
    assertFalse(parts.isFeature("payments", "sister"));
    assertFalse(parts.isRule("by_sister"));
  }

  @Test
  void isFeature_readsOthers_isTrueWhereTheyAre() {
    assertEquals(List.of("over_own"), promisedOf("of_sister", "over_own"));
  }

  @Test
  void isFeature_seenFromAnotherStream_isFalse() {
    assertTrue(parts.isFeature("logins", "sister"));
    assertFalse(parts.isFeature("logins", "own"));
    assertFalse(parts.isFeature("chargebacks", "own"));
    assertFalse(parts.isFeature("nowhere", "own"));
  }

  @Test
  void isRule_readsOnlyPromised_isTrue() {
    assertTrue(parts.isRule("good"));
    assertTrue(parts.isRule("quiet"));
    assertFalse(parts.isRule("by_condition"));
    assertFalse(parts.isRule("by_reason"));
  }

  @Test
  void isOutcome_onlyShadowRuleIsDoubtful_isTrue() {
    assertTrue(parts.isOutcome("logins"));
    assertTrue(parts.isOutcome("chargebacks"));
    assertFalse(parts.isOutcome("payments"));
  }

  @Test
  void isRule_readsAPattern_isPromisedWhereItsStreamAloneIsMet() {
    PromisedParts waiting = new PromisedParts(pipeline(WAITING));
    assertTrue(waiting.isRule("twice_ordered"));
    assertFalse(waiting.isRule("ordered_and_paid"));
    assertTrue(waiting.isRule("quiet_order"));
    assertTrue(waiting.isFeature("quiet", "orders_1h"));
  }

  @Test
  void isDoubtfulSilence_severalStreamsOrALateEvent_isTrue() {
    PromisedParts waiting = new PromisedParts(pipeline(WAITING));
    assertTrue(waiting.isDoubtfulSilence("unpaid", "o1"));
    assertFalse(waiting.isDoubtfulSilence("quiet", "o1"));
    waiting.late("payments", "o1");
    assertFalse(waiting.isDoubtfulSilence("quiet", "o1"));
    waiting.late("orders", "o1");
    assertTrue(waiting.isDoubtfulSilence("quiet", "o1"));
    assertFalse(waiting.isDoubtfulSilence("quiet", "o2"));
  }

  @Test
  void isReadByPromised_featureOfADoubtfulRule_isFalse() {
    assertTrue(parts.isReadByPromised(List.of("by_condition", "good"), "own"));
    assertFalse(parts.isReadByPromised(List.of("by_condition"), "own"));
    assertTrue(parts.isMentionDoubtful("payments", "own"));
    assertTrue(parts.isMentionDoubtful("payments", "sister"));
    assertFalse(parts.isMentionDoubtful("payments", "over_own"));
  }
}
