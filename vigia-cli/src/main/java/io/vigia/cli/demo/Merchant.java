package io.vigia.cli.demo;

/**
 * A shop, or an online one; half of its payments are below {@code price}, in euros.
 *
 * <p><b>Shape.</b> Its name tells what it sells and where: {@code cafe-porto-17}.
 */
record Merchant(int number, Category category, City city, double price) {
  String name() {
    return category.word() + "-" + city.name() + "-" + number;
  }
}
