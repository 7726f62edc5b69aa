package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaymentGeneratorTest {
  private static final Instant START = Instant.parse("2026-11-22T17:00:00Z");
  private static final int HISTORY = 10_000;
  private static final int RATE = 200;

  @Test
  void next_sameSeed_samePayments() {
    assertEquals(texts(play(7, 10, RATE)), texts(play(7, 10, RATE)));
  }

  @Test
  void next_otherSeed_otherPayments() {
    assertNotEquals(texts(play(7, 2, RATE)), texts(play(8, 2, RATE)));
  }

  @Test
  void next_knownSeed_knownPayments() {
    // Pinned: files and figures that were published must come out again on any Java.
    List<Payment> payments = play(1, 30, RATE);
    int hash = texts(payments).hashCode();
    assertEquals(PINNED_HASH, hash, () -> "first: " + payments.get(0) + ", hash " + hash);
  }

  private static final int PINNED_HASH = -883355237;

  @Test
  void next_always_idsDifferAndTimesAreThoseAskedFor() {
    Set<String> ids = new HashSet<>();
    Instant before = Instant.MIN;
    for (Payment payment : play(3, 30, RATE)) {
      assertTrue(ids.add(payment.id()), payment.id());
      assertFalse(payment.createdAt().isBefore(before), () -> payment.toString());
      assertTrue(payment.amount().signum() > 0, () -> payment.toString());
      before = payment.createdAt();
    }
    assertEquals(HISTORY + 30 * RATE, ids.size());
  }

  @Test
  void next_halfAMinute_hasSeveralEpisodesOfEachFraudAndEndsThem() {
    Map<FraudKind, Map<Integer, List<Payment>>> episodes = new EnumMap<>(FraudKind.class);
    for (Payment payment : play(4, 30, RATE)) {
      FraudKind fraud = payment.fraud();
      if (fraud != null) {
        episodes
            .computeIfAbsent(fraud, kind -> new HashMap<>())
            .computeIfAbsent(payment.episode(), episode -> new ArrayList<>())
            .add(payment);
      }
    }
    for (FraudKind kind : FraudKind.values()) {
      assertEquals(3, episodes.getOrDefault(kind, Map.of()).size(), kind.word());
    }
    episodes
        .getOrDefault(FraudKind.CARD_TESTING, Map.of())
        .values()
        .forEach(PaymentGeneratorTest::looksTested);
    episodes
        .getOrDefault(FraudKind.STOLEN_CARD, Map.of())
        .values()
        .forEach(PaymentGeneratorTest::looksStolen);
    episodes
        .getOrDefault(FraudKind.COMPROMISED_MERCHANT, Map.of())
        .values()
        .forEach(PaymentGeneratorTest::looksCompromised);
  }

  @Test
  void next_aFewSeconds_hasEveryFraudToo() {
    for (int seconds : new int[] {4, 10, 15}) {
      long kinds =
          play(4, seconds, RATE).stream()
              .map(Payment::fraud)
              .filter(fraud -> fraud != null)
              .distinct()
              .count();
      assertEquals(FraudKind.values().length, kinds, seconds + " s");
    }
  }

  private static void looksTested(List<Payment> episode) {
    assertEquals(1, distinct(episode.stream().map(Payment::card).toList()));
    long tiny = episode.stream().filter(payment -> payment.amount().doubleValue() < 2).count();
    assertTrue(tiny >= 10, () -> episode.toString());
    assertTrue(
        episode.get(episode.size() - 1).amount().doubleValue() >= 350, () -> episode.toString());
  }

  private static void looksStolen(List<Payment> episode) {
    assertEquals(1, distinct(episode.stream().map(Payment::card).toList()));
    assertEquals(1, distinct(episode.stream().map(Payment::country).toList()));
    assertTrue(episode.size() >= 4, () -> episode.toString());
  }

  private static void looksCompromised(List<Payment> episode) {
    assertEquals(1, distinct(episode.stream().map(Payment::merchant).toList()));
    assertEquals(episode.size(), distinct(episode.stream().map(Payment::card).toList()));
    assertTrue(episode.size() >= 22, () -> episode.toString());
  }

  @Test
  void next_atAnyRate_fraudIsTheSmallerPart() {
    for (int rate : new int[] {5, 20, 1000}) {
      PaymentGenerator generator = new PaymentGenerator(5, "t");
      generator.history(START, Duration.ofDays(1), HISTORY);
      generator.playFrauds(START, null, rate);
      int frauds = 0;
      int all = rate * 120;
      for (int i = 0; i < all; i++) {
        frauds += generator.next(START.plusMillis(i * 1000L / rate)).isFraud() ? 1 : 0;
      }
      assertTrue(frauds > 0 && frauds <= all * 0.3, frauds + " of " + all + " at " + rate + "/s");
    }
  }

  @Test
  void history_aDay_isGoodSortedAndBusyInTheEvening() {
    List<Payment> history =
        new PaymentGenerator(6, "t").history(START, Duration.ofDays(1), HISTORY);
    assertEquals(HISTORY, history.size());
    Map<Integer, Integer> byHour = new HashMap<>();
    for (Payment payment : history) {
      assertNull(payment.fraud());
      assertFalse(payment.createdAt().isAfter(START), () -> payment.toString());
      assertTrue(
          payment.createdAt().isAfter(START.minus(Duration.ofDays(1)).minusMillis(1)),
          () -> payment.toString());
      byHour.merge(payment.createdAt().atZone(ZoneOffset.UTC).getHour(), 1, Integer::sum);
    }
    assertTrue(
        byHour.getOrDefault(17, 0) > 10 * byHour.getOrDefault(2, 0), () -> byHour.toString());
  }

  @Test
  void history_aDay_customersHaveHomesAndHabits() {
    List<Payment> history =
        new PaymentGenerator(6, "t").history(START, Duration.ofDays(1), HISTORY);
    Map<String, List<Payment>> byCard =
        history.stream().collect(Collectors.groupingBy(Payment::card));
    assertTrue(byCard.size() > 3_500, () -> byCard.size() + " cards");
    long atHome = 0;
    long again = 0;
    long all = 0;
    for (List<Payment> own : byCard.values()) {
      if (own.size() >= 4) {
        all++;
        atHome += distinct(own.stream().map(Payment::city).toList()) == 1 ? 1 : 0;
        again += distinct(own.stream().map(Payment::merchant).toList()) < own.size() ? 1 : 0;
      }
    }
    assertTrue(atHome > 0.95 * all, atHome + " of " + all + " stay in one city");
    assertTrue(again > 0.5 * all, again + " of " + all + " return to a merchant");
    assertTrue(distinct(history.stream().map(Payment::merchant).toList()) > 3_000);
  }

  @Test
  void placeAt_aTraveller_neverPaysInTwoPlacesWithinHours() {
    Population population = new Population(9);
    for (Customer customer : population.customers()) {
      City before = null;
      Instant last = START;
      for (int quarter = 0; quarter < 30 * 24 * 4; quarter++) {
        Instant time = START.plus(Duration.ofMinutes(15L * quarter));
        City place = customer.placeAt(time);
        if (place != null) {
          boolean moved = before != null && !before.equals(place);
          Duration gap = Duration.between(last, time);
          assertTrue(!moved || gap.toHours() >= 4, () -> customer.card() + " moved in " + gap);
          before = place;
          last = time;
        }
      }
    }
  }

  private static List<Payment> play(long seed, int seconds, int rate) {
    PaymentGenerator generator = new PaymentGenerator(seed, PaymentGenerator.runAt(START));
    List<Payment> payments =
        new ArrayList<>(generator.history(START.minusMillis(1), Duration.ofDays(1), HISTORY));
    generator.playFrauds(START, START.plusSeconds(seconds), rate);
    for (int i = 0; i < seconds * rate; i++) {
      payments.add(generator.next(START.plusMillis(i * 1000L / rate)));
    }
    return payments;
  }

  private static List<String> texts(List<Payment> payments) {
    return payments.stream()
        .map(payment -> new String(payment.labelledJson(), java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }

  private static long distinct(List<String> values) {
    return values.stream().distinct().count();
  }
}
