package io.vigia.cli.demo;

import java.util.List;

/**
 * A city of the made-up world.
 *
 * <p><b>Shape.</b> {@code hoursFromUtc} is its clock, all year; {@code homes} how many customers
 * live there, relative to the others, 0 where none do.
 */
record City(String name, String country, int hoursFromUtc, int homes) {
  static final List<City> ALL =
      List.of(
          new City("lisbon", "PT", 0, 5),
          new City("porto", "PT", 0, 4),
          new City("braga", "PT", 0, 2),
          new City("madrid", "ES", 1, 7),
          new City("barcelona", "ES", 1, 6),
          new City("valencia", "ES", 1, 3),
          new City("seville", "ES", 1, 3),
          new City("paris", "FR", 1, 8),
          new City("lyon", "FR", 1, 3),
          new City("marseille", "FR", 1, 3),
          new City("berlin", "DE", 1, 6),
          new City("hamburg", "DE", 1, 4),
          new City("munich", "DE", 1, 4),
          new City("cologne", "DE", 1, 3),
          new City("rome", "IT", 1, 5),
          new City("milan", "IT", 1, 5),
          new City("turin", "IT", 1, 2),
          new City("london", "GB", 0, 8),
          new City("manchester", "GB", 0, 3),
          new City("leeds", "GB", 0, 2),
          new City("amsterdam", "NL", 1, 3),
          new City("rotterdam", "NL", 1, 2),
          new City("brussels", "BE", 1, 3),
          new City("antwerp", "BE", 1, 2),
          new City("dublin", "IE", 0, 3),
          new City("warsaw", "PL", 1, 3),
          new City("krakow", "PL", 1, 2),
          new City("vienna", "AT", 1, 3),
          new City("new-york", "US", -5, 0),
          new City("miami", "US", -5, 0),
          new City("toronto", "CA", -5, 0),
          new City("mexico-city", "MX", -6, 0),
          new City("sao-paulo", "BR", -3, 0),
          new City("buenos-aires", "AR", -3, 0),
          new City("istanbul", "TR", 3, 0),
          new City("dubai", "AE", 4, 0),
          new City("cape-town", "ZA", 2, 0),
          new City("bangkok", "TH", 7, 0),
          new City("singapore", "SG", 8, 0),
          new City("tokyo", "JP", 9, 0),
          new City("sydney", "AU", 10, 0));

  /** Those that are a flight away from every home. */
  static final List<City> FAR = ALL.stream().filter(city -> city.homes == 0).toList();
}
