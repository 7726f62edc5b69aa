package io.vigia.cli.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people do with their own cards: good payments, by everybody's habits, whereabouts and hour
 * of the day.
 *
 * <p>Mutable, owned by one thread.
 */
final class Shopping {
  private static final double ONLINE_ABROAD = 0.15;
  private static final double ACROSS_THE_BORDER = 0.25;
  private static final double LARGE_PURCHASES = 0.005;
  private static final BigDecimal LEAST = new BigDecimal("0.30");
  private static final int RECENT_MAX = 400;

  private final Population population;
  private final Chance chance;
  private final Deque<Visit> recent = new ArrayDeque<>();

  Shopping(Population population, Chance chance) {
    this.population = population;
    this.chance = chance;
  }

  /** That somebody has paid somewhere. */
  record Visit(Customer customer, City city, Instant at) {}

  /** Somebody's next payment. */
  Charge at(Instant time) {
    while (true) {
      Customer customer = chance.oneOf(population.customers());
      City place = customer.placeAt(time);
      if (place != null && chance.happens(customer.eagernessAt(time, place))) {
        return by(customer, place, time);
      }
    }
  }

  private Charge by(Customer customer, City place, Instant time) {
    boolean home = place.equals(customer.home());
    City secondCity = customer.secondCity();
    City city =
        home && secondCity != null && chance.happens(ACROSS_THE_BORDER) ? secondCity : place;
    Merchant merchant = merchant(customer, city, city.equals(customer.home()));
    List<String> devices = customer.devices();
    String device = merchant.category().online() ? chance.oneOf(devices) : null;
    if (city.equals(customer.home()) && device == null) {
      recent.addLast(new Visit(customer, city, time));
      if (recent.size() > RECENT_MAX) {
        recent.removeFirst();
      }
    }
    return new Charge(
        time, customer.card(), device, merchant, amount(customer, merchant), city, null, 0);
  }

  private Merchant merchant(Customer customer, City city, boolean home) {
    if (home && chance.happens(Population.AT_FAVOURITES)) {
      List<Merchant> favourites = customer.favourites();
      return favourites.get(chance.inFront(favourites.size()));
    }
    if (!home && chance.happens(ONLINE_ABROAD)) {
      Merchant online = onlineFavourite(customer);
      if (online != null) {
        return online;
      }
    }
    return population.shop(city);
  }

  private static @Nullable Merchant onlineFavourite(Customer customer) {
    return customer.favourites().stream()
        .filter(merchant -> merchant.category().online())
        .findFirst()
        .orElse(null);
  }

  private BigDecimal amount(Customer customer, Merchant merchant) {
    double amount = merchant.price() * customer.spending() * chance.factor(0.45);
    if (chance.happens(LARGE_PURCHASES)) {
      amount *= chance.between(4.0, 12.0);
    }
    return euros(amount).max(LEAST);
  }

  static BigDecimal euros(double amount) {
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
  }

  /** Who was last seen paying in a shop at home, no longer ago than {@code within}. */
  List<Visit> seenAtHome(Instant time, Duration within) {
    Instant oldest = time.minus(within);
    return recent.stream().filter(visit -> visit.at().isAfter(oldest)).toList();
  }

  /**
   * The times of so many payments in {@code (until − span, until]}, busy hours having more of them.
   */
  List<Instant> times(Instant until, Duration span, int count) {
    List<Instant> times = new ArrayList<>(count);
    while (times.size() < count) {
      Instant time = until.minusMillis((long) (chance.between(0.0, 1.0) * span.toMillis()));
      Customer customer = chance.oneOf(population.customers());
      City place = customer.placeAt(time);
      if (place != null && chance.happens(customer.eagernessAt(time, place))) {
        times.add(time);
      }
    }
    Collections.sort(times);
    return times;
  }
}
