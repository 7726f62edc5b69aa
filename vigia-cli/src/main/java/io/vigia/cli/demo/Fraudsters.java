package io.vigia.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans frauds: what is charged to whom in one episode, from its first payment to its last.
 *
 * <p><b>Shape.</b> An episode takes seconds where real ones take minutes or hours, so that a demo
 * of half a minute sees several.
 *
 * <pre>
 * card testing           10 to 16 payments of €0.50 to €1.95, then 1 to 3 of €350 to €1,900
 * stolen card            4 to 7 payments in a far city, seconds after its owner paid at home
 * compromised merchant   22 to 36 cards charged 5 to 10 times what the merchant usually takes
 * </pre>
 *
 * <p>Mutable, owned by one thread.
 */
final class Fraudsters {
  /** No episode takes longer. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** How many payments the three episodes have together, about. */
  static final int PAYMENTS_OF_THREE = 50;

  private static final int BOTS = 4;

  /*
   * Small merchants guard their access worst; but where hardly anybody pays, nobody knows what is
   * usual. A day of the demo has 10 to 30 payments of these.
   */
  private static final double SMALL_SHARE_MIN = 0.001;
  private static final double SMALL_SHARE_MAX = 0.003;
  private static final double SMALL_PRICE_MAX = 150;
  private static final Duration SEEN_WITHIN = Duration.ofMinutes(5);

  private static final List<Category> EASY_TO_PROBE =
      List.of(Category.CHARITY, Category.GAMES, Category.SUBSCRIPTION);
  private static final List<Category> EASY_TO_SELL =
      List.of(Category.ELECTRONICS, Category.JEWELLERY, Category.TRAVEL);
  private static final List<Category> BOUGHT_ABROAD =
      List.of(Category.ELECTRONICS, Category.JEWELLERY, Category.FASHION, Category.RESTAURANT);

  private final Population population;
  private final Shopping shopping;
  private final Chance chance;
  private final List<Merchant> smallMerchants;
  private int episodes;

  Fraudsters(Population population, Shopping shopping, Chance chance) {
    this.population = population;
    this.shopping = shopping;
    this.chance = chance;
    this.smallMerchants =
        population.withShare(SMALL_SHARE_MIN, SMALL_SHARE_MAX).stream()
            .filter(merchant -> merchant.price() < SMALL_PRICE_MAX)
            .toList();
  }

  /** An episode that begins at {@code start}; empty when there is nobody to defraud. */
  List<Charge> plan(FraudKind kind, Instant start) {
    List<Charge> charges =
        switch (kind) {
          case CARD_TESTING -> cardTesting(start, episodes + 1);
          case STOLEN_CARD -> stolenCard(start, episodes + 1);
          case COMPROMISED_MERCHANT -> compromisedMerchant(start, episodes + 1);
        };
    if (!charges.isEmpty()) {
      episodes++;
    }
    return charges;
  }

  private List<Charge> cardTesting(Instant start, int episode) {
    Customer victim = somebodyAtHome(start);
    String bot = "bot-" + chance.between(1, BOTS);
    List<Charge> charges = new ArrayList<>();
    Instant at = start;
    for (int probes = chance.between(10, 16); probes > 0; probes--) {
      charges.add(
          new Charge(
              at,
              victim.card(),
              bot,
              merchant(EASY_TO_PROBE, victim.home()),
              Shopping.euros(chance.between(0.5, 1.95)),
              victim.home(),
              FraudKind.CARD_TESTING,
              episode));
      at = at.plusMillis(chance.between(150, 400));
    }
    for (int hits = chance.between(1, 3); hits > 0; hits--) {
      at = at.plusMillis(chance.between(500, 1_000));
      charges.add(
          new Charge(
              at,
              victim.card(),
              bot,
              merchant(EASY_TO_SELL, victim.home()),
              Shopping.euros(chance.between(350.0, 1_900.0)),
              victim.home(),
              FraudKind.CARD_TESTING,
              episode));
    }
    return charges;
  }

  private List<Charge> stolenCard(Instant start, int episode) {
    List<Shopping.Visit> seen = shopping.seenAtHome(start, SEEN_WITHIN);
    if (seen.isEmpty()) {
      return List.of();
    }
    Customer victim = chance.oneOf(seen).customer();
    City far = chance.oneOf(City.FAR);
    List<Charge> charges = new ArrayList<>();
    Instant at = start;
    for (int payments = chance.between(4, 7); payments > 0; payments--) {
      Merchant merchant = merchant(BOUGHT_ABROAD, far);
      charges.add(
          new Charge(
              at,
              victim.card(),
              null,
              merchant,
              Shopping.euros(merchant.price() * chance.between(1.2, 3.5)),
              far,
              FraudKind.STOLEN_CARD,
              episode));
      at = at.plusMillis(chance.between(400, 1_400));
    }
    return charges;
  }

  private List<Charge> compromisedMerchant(Instant start, int episode) {
    Merchant merchant = chance.oneOf(smallMerchants);
    Set<String> cards = new LinkedHashSet<>();
    List<Charge> charges = new ArrayList<>();
    Instant at = start;
    int many = chance.between(22, 36);
    while (cards.size() < many) {
      Customer victim = somebodyAtHome(start);
      if (cards.add(victim.card())) {
        charges.add(
            new Charge(
                at,
                victim.card(),
                null,
                merchant,
                Shopping.euros(merchant.price() * chance.between(5.0, 10.0)),
                victim.home(),
                FraudKind.COMPROMISED_MERCHANT,
                episode));
        at = at.plusMillis(chance.between(100, 280));
      }
    }
    return charges;
  }

  private Customer somebodyAtHome(Instant time) {
    while (true) {
      Customer customer = chance.oneOf(population.customers());
      if (customer.home().equals(customer.placeAt(time))) {
        return customer;
      }
    }
  }

  private Merchant merchant(List<Category> categories, City city) {
    while (true) {
      List<Merchant> choice = population.of(chance.oneOf(categories), city);
      if (!choice.isEmpty()) {
        return chance.oneOf(choice);
      }
    }
  }
}
