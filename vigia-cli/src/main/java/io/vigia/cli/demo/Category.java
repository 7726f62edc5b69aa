package io.vigia.cli.demo;

import java.util.Locale;

/**
 * What merchants sell: how often people need it, what it usually costs, and whether it is bought
 * online.
 */
enum Category {
  GROCERY(26, 32, false),
  CAFE(14, 5.5, false),
  RESTAURANT(12, 34, false),
  FUEL(7, 52, false),
  TRANSPORT(3, 3.4, false),
  PHARMACY(6, 17, false),
  FASHION(7, 58, false),
  HOME(4, 75, false),
  ELECTRONICS(2, 190, false),
  JEWELLERY(0.4, 260, false),
  BOOKS(4, 19, true),
  GAMES(4, 14, true),
  SUBSCRIPTION(4, 11, true),
  TRAVEL(1.2, 240, true),
  CHARITY(0.5, 15, true);

  private final double need;
  private final double price;
  private final boolean online;

  Category(double need, double price, boolean online) {
    this.need = need;
    this.price = price;
    this.online = online;
  }

  /** The word in the events. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How often it is bought, relative to the others. */
  double need() {
    return need;
  }

  /** Half of what is bought costs less, in euros. */
  double price() {
    return price;
  }

  boolean online() {
    return online;
  }
}
