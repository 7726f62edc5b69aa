package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.decision.Decision;
import io.vigia.core.pipeline.CompiledPipeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FraudExampleTest {
  private static final Instant START = Instant.parse("2026-11-22T17:00:00Z");
  private static final CompiledPipeline PIPELINE = Example.compiled("fraud");

  @Test
  void compile_theFile_hasNoProblemsAndTheStagesOfItsEntities() {
    assertEquals(Payment.PIPELINE, PIPELINE.name());
    assertEquals(
        List.of("card", "card+country", "card+merchant", "device", "merchant"),
        PIPELINE.stages().stream().map(stage -> stage.name()).toList());
  }

  @Test
  void tests_ofTheFile_pass() {
    assertEquals(List.of(), Example.failuresOf(PIPELINE));
    assertEquals(9, PIPELINE.definition().tests().size());
  }

  @Test
  void decide_demoOfHalfAMinute_findsEveryFraudAndLeavesGoodPaymentsAlone() {
    for (long seed = 1; seed <= 3; seed++) {
      for (int rate : new int[] {50, 100, 200}) {
        checkFigures(seed + " at " + rate + "/s", played(seed, 30, rate, START), 0.005, 0.8);
      }
    }
  }

  @Test
  void decide_atNight_findsThemToo() {
    Instant night = Instant.parse("2026-02-03T03:00:00Z");
    checkFigures("at night", played(11, 30, 100, night), 0.005, 0.8);
  }

  @Test
  void decide_demoLeftRunning_staysUseful() {
    // Ten minutes of customers who pay a thousand times as often as people do.
    checkFigures("ten minutes", played(5, 600, 100, START), 0.005, 0.8);
  }

  private static void checkFigures(
      String what, Judged judged, double falsePositivesMax, double recallMin) {
    DemoTally tally = judged.tally();
    assertTrue(
        tally.falsePositives() <= falsePositivesMax * tally.goodCount(),
        () ->
            "%s: %d of %d good payments stopped: %s"
                .formatted(what, tally.falsePositives(), tally.goodCount(), judged.goodStopped()));
    Map<FraudKind, DemoSummary.Fraud> frauds = tally.frauds();
    long payments = 0;
    long stopped = 0;
    for (Map.Entry<FraudKind, DemoSummary.Fraud> each : frauds.entrySet()) {
      DemoSummary.Fraud fraud = each.getValue();
      assertTrue(fraud.episodes() >= 2, () -> what + ": " + frauds);
      assertEquals(fraud.episodes(), fraud.detected(), () -> what + ": " + frauds);
      payments += fraud.payments();
      stopped += fraud.stopped();
    }
    long found = stopped;
    assertTrue(found > recallMin * payments, () -> what + ": " + found + " stopped of " + frauds);
    assertEquals(Map.of(), judged.unknown(), what);
  }

  @Test
  void decide_eachFraud_isFoundByTheRuleMadeForIt() {
    Map<FraudKind, Map<String, Integer>> rules = played(2, 30, 100, START).rules();
    assertTrue(
        rules.getOrDefault(FraudKind.CARD_TESTING, Map.of()).containsKey("card_testing"),
        rules::toString);
    assertTrue(
        rules.getOrDefault(FraudKind.CARD_TESTING, Map.of()).containsKey("probing"),
        rules::toString);
    assertTrue(
        rules.getOrDefault(FraudKind.STOLEN_CARD, Map.of()).containsKey("two_places"),
        rules::toString);
    assertTrue(
        rules.getOrDefault(FraudKind.STOLEN_CARD, Map.of()).containsKey("far_from_home"),
        rules::toString);
    assertTrue(
        rules
            .getOrDefault(FraudKind.COMPROMISED_MERCHANT, Map.of())
            .containsKey("merchant_compromised"),
        rules::toString);
  }

  @Test
  void decide_paymentsOfTheUsersOwn_oneIsAllowedAndOneBlocked() {
    Judged judged = played(1, 10, 100, START);
    Instant now = START.plusSeconds(11);
    Decision allowed = judged.judge(jsonOf(OwnPayment.allowed("http://h", "r", now)), now);
    assertEquals("allow", allowed.outcome());
    assertEquals(List.of(), allowed.unknown());
    assertEquals(false, allowed.late());
    Decision blocked = judged.judge(jsonOf(OwnPayment.blocked("http://h", "r", now)), now);
    assertEquals("block", blocked.outcome());
    assertEquals("card card-lost-1 is on the block list", blocked.rules().get(0).reason());
  }

  private static byte[] jsonOf(String curl) {
    return curl.substring(curl.indexOf("'{") + 1, curl.lastIndexOf('\''))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Judged played(long seed, int seconds, int rate, Instant start) {
    Judged judged = new Judged(PIPELINE);
    PaymentGenerator generator = new PaymentGenerator(seed, PaymentGenerator.runAt(start));
    generator
        .history(start, Duration.ofDays(1), DemoSettings.DEFAULT_HISTORY)
        .forEach(payment -> judged.judge(payment, false));
    generator.playFrauds(start, start.plusSeconds(seconds), rate);
    Pace pace = new Pace(rate, DemoSettings.DEFAULT.rampUp());
    for (long n = 0; pace.nanosOf(n) < seconds * 1_000_000_000L; n++) {
      judged.judge(generator.next(start.plusNanos(pace.nanosOf(n))), true);
    }
    return judged;
  }
}
