package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleMatch;
import io.vigia.core.decision.RuleMode;
import io.vigia.core.decision.Schedule;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.DecideDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition.Kind;
import io.vigia.core.event.TimeFormat;
import io.vigia.core.feature.Aggregation;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.pipeline.ListDefinition;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.pipeline.TestDefinition.Expected;
import io.vigia.core.pipeline.TestDefinition.Given;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Text;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PipelineReaderTest {
  private static final String HEAD =
      """
      vigia: 1
      pipeline: shop
      streams:
        orders:
          key: customer
          fields: {customer: string, amount: decimal}
      """;

  private static List<String> values(List<Text> texts) {
    return texts.stream().map(Text::value).toList();
  }

  private static Text text(String value, int line, int column) {
    return new Text(value, new Place(Reading.FILE, line, column));
  }

  @Test
  void read_exampleOfTheDesign_hasOnlyProblemsOfWordsNotBuilt() {
    Reading reading = Reading.of(DesignExample.WHOLE);
    assertFalse(reading.definition().isPresent());
    assertEquals(
        List.of("'actions' of alert 'fraud_desk' is not built yet", "'actions' is not built yet"),
        reading.problems().sorted().stream().map(Problem::message).toList());
    assertTrue(reading.codes().stream().allMatch(code -> code == ProblemCode.NOT_BUILT));
  }

  @Test
  void read_exampleOfTheDesign_hasItsStreams() {
    PipelineDefinition definition = Reading.of(DesignExample.BUILT).accepted();
    assertEquals("card-fraud", definition.name().value());
    assertEquals(
        List.of("payments", "chargebacks", "heartbeats"),
        definition.streams().stream().map(stream -> stream.name().value()).toList());
    StreamDefinition payments = definition.streams().get(0);
    assertEquals(Kind.FIELDS, payments.id().kind());
    assertEquals(List.of("payment_id"), values(payments.id().fields()));
    assertEquals("created_at", Objects.requireNonNull(payments.time()).value());
    assertEquals(List.of("card"), values(payments.key()));
    assertNull(payments.topic());
    assertEquals(3_600_000, payments.dedupeMs());
    assertEquals(30_000, payments.outOfOrderMs());
    assertEquals(Long.MAX_VALUE, payments.maxAgeMs());
    assertEquals(Long.MAX_VALUE, payments.maxAheadMs());
    assertEquals(250, payments.decide().deadlineMs());
    assertEquals("review", Objects.requireNonNull(payments.decide().fallback()).value());
    assertEquals(
        List.of(
            "payment_id STRING",
            "created_at TIMESTAMP",
            "card STRING",
            "device STRING?",
            "merchant STRING",
            "amount DECIMAL",
            "country STRING"),
        payments.fields().stream().map(PipelineReaderTest::described).toList());
    StreamDefinition chargebacks = definition.streams().get(1);
    assertEquals(StreamDefinition.DEFAULT_OUT_OF_ORDER_MS, chargebacks.outOfOrderMs());
    assertEquals(DecideDefinition.DEFAULT, chargebacks.decide());
    assertEquals(FieldType.INT, chargebacks.fields().get(3).type());
  }

  private static String described(FieldDefinition field) {
    assertEquals(field.name().value(), field.from());
    assertNull(field.format());
    return field.name() + " " + field.type() + (field.optional() ? "?" : "");
  }

  @Test
  void read_exampleOfTheDesign_hasItsFeatures() {
    List<FeatureDefinition> features = Reading.of(DesignExample.BUILT).accepted().features();
    assertEquals(
        List.of(
            "card_count_5m payments [card] COUNT [] over 300000",
            "card_spend_1h payments [card] SUM [amount] over 3600000",
            "card_countries_1d payments [card] COUNT_DISTINCT [country] over 86400000",
            "card_last payments [card] PREVIOUS [country, created_at]* over 9223372036854775807",
            "pair_count_30d payments [card, merchant] COUNT [] over 2592000000",
            "device_cards_1d payments [device] COUNT_DISTINCT [card] over 86400000",
            "merchant_risk_30d chargebacks [merchant] MEAN [fraud] over 2592000000 delay"
                + " 604800000"),
        features.stream().map(PipelineReaderTest::described).toList());
  }

  private static String described(FeatureDefinition feature) {
    assertNull(feature.where());
    assertFalse(feature.excludeCurrent());
    return "%s %s %s %s %s%s over %d%s"
        .formatted(
            feature.name(),
            feature.on(),
            values(feature.by()),
            feature.aggregation(),
            values(feature.arguments()),
            feature.several() ? "*" : "",
            feature.overMs(),
            feature.delayMs() == 0 ? "" : " delay " + feature.delayMs());
  }

  @Test
  void read_exampleOfTheDesign_hasItsRulesAndTheRest() {
    PipelineDefinition definition = Reading.of(DesignExample.BUILT).accepted();
    assertEquals(
        List.of("listed", "testing", "velocity", "shared_device", "terminal_down"),
        definition.rules().stream().map(rule -> rule.id().value()).toList());
    RuleDefinition listed = definition.rules().get(0);
    assertEquals("payments", listed.on().value());
    assertEquals(text("event.card in lists.blocked_cards", 60, 12), listed.when());
    assertEquals("block", listed.outcome().value());
    assertEquals(100, listed.score());
    assertEquals("card is on the block list", Objects.requireNonNull(listed.reason()).value());
    assertFalse(listed.shadow());
    assertTrue(definition.rules().get(3).shadow());
    assertFalse(definition.rules().get(4).shadow());
    assertEquals("terminal_silent", definition.rules().get(4).on().value());
    assertEquals(0, definition.rules().get(4).score());
    assertEquals(PipelineDefinition.DEFAULT_OUTCOMES, values(definition.outcomes()));
    ListDefinition blocked = definition.lists().get(0);
    assertEquals("blocked_cards", blocked.name().value());
    assertEquals(FieldType.STRING, blocked.of());
    assertEquals(List.of(), blocked.values());
    AlertDefinition desk = definition.alerts().get(0);
    assertEquals("fraud_desk", desk.name().value());
    assertEquals(List.of("review", "block"), values(desk.outcomes()));
    assertEquals(List.of("card"), values(desk.groupBy()));
    assertEquals(1_800_000, desk.cooldownMs());
  }

  @Test
  void read_exampleOfTheDesign_hasItsTest() {
    TestDefinition test = Reading.of(DesignExample.BUILT).accepted().tests().get(0);
    assertEquals("three probes and a hit are blocked", test.name().value());
    Given probes = test.given().get(0);
    assertEquals("payments", probes.stream().value());
    assertEquals(
        List.of("payment_id", "card", "merchant", "amount", "country"),
        List.copyOf(probes.fields().keySet()));
    assertEquals("p{{n}}", text(probes.fields(), "payment_id"));
    assertEquals("1", text(probes.fields(), "amount"));
    assertEquals(0L, probes.atMs());
    assertEquals(3, probes.times());
    assertEquals(20_000, probes.everyMs());
    Given hit = test.given().get(1);
    assertEquals(120_000L, hit.atMs());
    assertEquals(1, hit.times());
    Expected expected = Objects.requireNonNull(test.expect().get("p9"));
    assertEquals("block", Objects.requireNonNull(expected.outcome()).value());
    assertEquals(List.of("testing"), values(Objects.requireNonNull(expected.rules())));
    assertNull(expected.score());
    assertNull(expected.reasons());
    assertEquals(Map.of(), expected.features());
  }

  @Test
  void read_everyWordOfAStream_isTaken() {
    StreamDefinition stream =
        Reading.of(
                """
                vigia: 1
                pipeline: online-shop_2
                streams:
                  order_lines:
                    id: [invoice, stock_code]
                    time: at
                    key: [customer, country]
                    topic: shop.order-lines
                    dedupe: 1h30m
                    out_of_order: 0s
                    max_age: 7d
                    max_ahead: 250ms
                    fields:
                      invoice: {type: string, from: InvoiceNo}
                      stock_code: string
                      customer: {type: int, optional: true}
                      country: {type: string?, optional: false}
                      at: {type: timestamp, format: M/d/yy H:mm, zone: Europe/London}
                      posted: {type: timestamp, format: epoch_ms}
                      local: {type: timestamp, zone: Europe/Madrid}
                      as: bool
                      Price: {type: double}
                    decide: {deadline: 1s}
                """)
            .accepted()
            .streams()
            .get(0);
    assertEquals(List.of("invoice", "stock_code"), values(stream.id().fields()));
    assertEquals(List.of("customer", "country"), values(stream.key()));
    assertEquals("shop.order-lines", stream.topic());
    assertEquals(5_400_000, stream.dedupeMs());
    assertEquals(0, stream.outOfOrderMs());
    assertEquals(604_800_000, stream.maxAgeMs());
    assertEquals(250, stream.maxAheadMs());
    assertEquals(new DecideDefinition(1000, null), stream.decide());
    List<FieldDefinition> fields = stream.fields();
    assertEquals("InvoiceNo", fields.get(0).from());
    assertTrue(fields.get(2).optional());
    assertTrue(fields.get(3).optional());
    assertEquals(new TimeFormat("M/d/yy H:mm", ZoneId.of("Europe/London")), fields.get(4).format());
    assertEquals(new TimeFormat("epoch_ms", null), fields.get(5).format());
    assertEquals(new TimeFormat("iso", ZoneId.of("Europe/Madrid")), fields.get(6).format());
    assertEquals(FieldType.DOUBLE, fields.get(8).type());
  }

  @Test
  void read_identity_isOneOfThree() {
    String stream = "vigia: 1\npipeline: p\nstreams:\n  s: {%skey: k, fields: {k: string}}\n";
    assertEquals(Kind.CLOUD_EVENT, kind(stream.formatted("")));
    assertEquals(Kind.LINE, kind(stream.formatted("id: line, ")));
    assertEquals(Kind.FIELDS, kind(stream.formatted("id: [line], ")));
    assertEquals(Kind.FIELDS, kind(stream.formatted("id: k, ")));
  }

  private static Kind kind(String file) {
    return Reading.of(file).accepted().streams().get(0).id().kind();
  }

  @Test
  void read_everyAggregation_isTaken() {
    StringBuilder file = new StringBuilder(HEAD).append("features:\n");
    for (Aggregation aggregation : Aggregation.values()) {
      String argument =
          switch (aggregation) {
            case COUNT -> "true";
            case RATE -> "1m";
            case RATIO -> "'event.amount > 1'";
            case PERCENTILE -> "{of: amount, p: 99.9}";
            case EWMA -> "{of: amount, half_life: 1h}";
            case USUAL -> "count";
            case SUM,
                MEAN,
                MIN,
                MAX,
                COUNT_DISTINCT,
                FIRST,
                LAST,
                PREVIOUS,
                VARIANCE,
                STDDEV,
                TOP ->
                "amount";
          };
      file.append(
          "  f_%1$s: {on: orders, by: customer, %1$s: %2$s, over: 5m}\n"
              .formatted(aggregation.word(), argument));
    }
    List<FeatureDefinition> features = Reading.of(file.toString()).accepted().features();
    assertEquals(
        List.of(Aggregation.values()),
        features.stream().map(FeatureDefinition::aggregation).toList());
  }

  @Test
  void read_everyWordOfAFeature_isTaken() {
    FeatureDefinition feature =
        Reading.of(
                HEAD
                    + """
                    features:
                      big:
                        on: orders
                        by: customer
                        last: [amount]
                        where: 'event.amount > 100.0'
                        over: 1d
                        delay: 0s
                        exclude_current: true
                    """)
            .accepted()
            .features()
            .get(0);
    assertTrue(feature.several());
    assertEquals(List.of("amount"), values(feature.arguments()));
    assertEquals(text("event.amount > 100.0", 12, 13), feature.where());
    assertEquals(0, feature.delayMs());
    assertTrue(feature.excludeCurrent());
  }

  @Test
  void read_ruleWithoutStream_judgesTheOnlyOne() {
    RuleDefinition rule =
        Reading.of(HEAD + "rules:\n  - {id: r, when: true, outcome: review, mode: live}\n")
            .accepted()
            .rules()
            .get(0);
    assertEquals(text("orders", 8, 10), rule.on());
    assertEquals("true", rule.when().value());
    assertEquals(0, rule.score());
    assertFalse(rule.shadow());
  }

  @Test
  void read_ruleTimes_areDaysMinutesAndMoments() {
    RuleDefinition rule =
        Reading.of(
                HEAD
                    + """
                    rules:
                      - id: r
                        when: 'true'
                        outcome: review
                        mode: {rollout: 10}
                        schedule: {days: [sat..mon, thu], from: 22:30, to: '24:00', zone: +02:00}
                        expires: 2027-01-01
                    match: first
                    """)
            .accepted()
            .rules()
            .get(0);
    assertEquals(new RuleMode(10), rule.mode());
    assertEquals(
        new Schedule(
            EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
            22 * 60 + 30,
            24 * 60,
            ZoneId.of("+02:00")),
        rule.schedule());
    assertEquals(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli(), rule.expiresMs());
  }

  @Test
  void read_match_isAllUnlessTheFileSaysOtherwise() {
    assertEquals(RuleMatch.ALL, Reading.of(HEAD).accepted().match());
    assertEquals(RuleMatch.FIRST, Reading.of(HEAD + "match: first\n").accepted().match());
  }

  @Test
  void read_scalars_areTextWhateverTheyLookLike() {
    PipelineDefinition definition =
        Reading.of(
                HEAD
                    + """
                    lists:
                      odd: {of: string, values: [NO, 0123, 12:30, 1e5, null, ~, 'null', 0x1F]}
                    """)
            .accepted();
    assertEquals(
        List.of("NO", "0123", "12:30", "1e5", "null", "~", "null", "0x1F"),
        values(definition.lists().get(0).values()));
  }

  @Test
  void read_valuesOfTests_mayBeMissing() {
    TestDefinition test =
        Reading.of(
                HEAD
                    + """
                    tests:
                      - name: t
                        given:
                          - orders: {customer: null, amount: ~}
                          - orders: {customer: 'null', amount: ''}
                          - orders:
                              customer:
                          - orders:
                        expect:
                          541431: review
                          'a b': {features: {x: null, y.z: 4}, reasons: ['', 'high: 4'], score: -3, rules: []}
                    """)
            .accepted()
            .tests()
            .get(0);
    assertNull(text(test.given().get(0).fields(), "customer"));
    assertNull(text(test.given().get(0).fields(), "amount"));
    assertEquals("null", text(test.given().get(1).fields(), "customer"));
    assertEquals("", text(test.given().get(1).fields(), "amount"));
    assertNull(text(test.given().get(2).fields(), "customer"));
    assertEquals(Map.of(), test.given().get(3).fields());
    assertNull(test.given().get(0).atMs());
    Expected first = Objects.requireNonNull(test.expect().get("541431"));
    assertEquals("review", Objects.requireNonNull(first.outcome()).value());
    assertNull(first.rules());
    Expected second = Objects.requireNonNull(test.expect().get("a b"));
    assertNull(second.outcome());
    assertNull(text(second.features(), "x"));
    assertEquals("4", text(second.features(), "y.z"));
    assertEquals(List.of("", "high: 4"), values(Objects.requireNonNull(second.reasons())));
    assertEquals(-3L, second.score());
    assertEquals(List.of(), second.rules());
  }

  private static @Nullable String text(Map<String, TestDefinition.Value> values, String name) {
    TestDefinition.Value value = Objects.requireNonNull(values.get(name));
    assertEquals(name, value.name().value());
    Text text = value.text();
    return text == null ? null : text.value();
  }

  @Test
  void read_problemsThatWereThereBefore_doNotRefuseTheFile() {
    Reading bad = Reading.of("vigia: 2\n");
    int before = bad.problems().errors();
    assertTrue(before > 0);
    assertTrue(
        PipelineReader.read(
                "other.yaml",
                HEAD.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                bad.problems())
            .isPresent());
    assertEquals(before, bad.problems().errors());
  }

  @Test
  void read_manyProblems_areCountedBeyondTheLimit() {
    StringBuilder file = new StringBuilder(HEAD).append("features:\n");
    for (int i = 0; i < 500; i++) {
      file.append("  f").append(i).append(": {on: orders, by: customer, count: true, ovr: 5m}\n");
    }
    Reading reading = Reading.of(file.toString());
    assertEquals(200, reading.problems().sorted().size());
    assertEquals(300, reading.problems().beyondLimit());
    assertTrue(reading.printed().endsWith("500 problems in pipeline.yaml, the first 200 shown\n"));
  }
}
