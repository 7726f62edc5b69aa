package io.vigia.cli.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who pays and is paid: customers with homes and habits, merchants with prices.
 *
 * <p><b>Units and bounds.</b> {@value #CUSTOMERS} customers, {@value #MERCHANTS} merchants; the
 * same for the same seed.
 */
final class Population {
  static final int CUSTOMERS = 5_000;
  static final int MERCHANTS = 10_000;

  /** How often people at home go where they always go. */
  static final double AT_FAVOURITES = 0.78;

  /** One merchant in seven is where people travel to. */
  private static final double FAR_MERCHANTS = 1.0 / 7;

  private static final double TRAVELLERS = 0.25;
  private static final double COMMUTERS = 0.004;
  private static final double FAMILY_DEVICES = 0.05;

  private static final Map<String, String> NEIGHBOUR =
      Map.of(
          "PT", "ES", "ES", "PT", "FR", "BE", "BE", "NL", "NL", "DE", "DE", "AT", "AT", "DE", "IT",
          "AT", "PL", "DE");

  private final List<Merchant> merchants = new ArrayList<>();
  private final List<Customer> customers = new ArrayList<>();
  private final Map<City, Map<Category, List<Merchant>>> shops = new HashMap<>();
  private final Map<Category, List<Merchant>> online = new EnumMap<>(Category.class);
  private final Chance chance;

  Population(long seed) {
    this.chance = new Chance(seed);
    for (int i = 1; i <= MERCHANTS; i++) {
      add(merchant(i));
    }
    for (int i = 1; i <= CUSTOMERS; i++) {
      customers.add(customer(i));
    }
  }

  List<Customer> customers() {
    return customers;
  }

  List<Merchant> merchants() {
    return merchants;
  }

  private Merchant merchant(int number) {
    Category category = category();
    City city = chance.happens(FAR_MERCHANTS) ? chance.oneOf(City.FAR) : homeCity();
    return new Merchant(number, category, city, category.price() * chance.factor(0.35));
  }

  private void add(Merchant merchant) {
    merchants.add(merchant);
    Map<Category, List<Merchant>> where =
        merchant.category().online()
            ? online
            : shops.computeIfAbsent(merchant.city(), city -> new EnumMap<>(Category.class));
    where.computeIfAbsent(merchant.category(), category -> new ArrayList<>()).add(merchant);
  }

  private Customer customer(int number) {
    City home = homeCity();
    List<Merchant> favourites = new ArrayList<>();
    int many = chance.between(6, 14);
    while (favourites.size() < many) {
      Merchant liked = shop(home);
      if (!favourites.contains(liked)) {
        favourites.add(liked);
      }
    }
    return new Customer(
        "card-%04d".formatted(number),
        devices(number),
        home,
        chance.happens(COMMUTERS) ? acrossTheBorder(home) : null,
        favourites,
        chance.factor(0.3),
        Math.min(1, 0.35 * chance.factor(0.5)),
        chance.happens(TRAVELLERS) ? destination(home) : null,
        (long) (chance.between(0.0, 1.0) * Customer.BETWEEN.toMillis()));
  }

  private List<String> devices(int number) {
    List<String> devices = new ArrayList<>();
    boolean family = number > 1 && chance.happens(FAMILY_DEVICES);
    devices.add("phone-%04d".formatted(family ? number - 1 : number));
    if (chance.happens(0.4)) {
      devices.add("laptop-%04d".formatted(number));
    }
    return devices;
  }

  private City destination(City home) {
    City city = chance.oneOf(City.ALL);
    return city.country().equals(home.country()) ? chance.oneOf(City.FAR) : city;
  }

  private @Nullable City acrossTheBorder(City home) {
    String neighbour = NEIGHBOUR.get(home.country());
    List<City> cities = City.ALL.stream().filter(city -> city.country().equals(neighbour)).toList();
    return cities.isEmpty() ? null : chance.oneOf(cities);
  }

  /**
   * The merchants whose part in all payments is likely to lie between two shares. Trips are left
   * out of account.
   */
  List<Merchant> withShare(double least, double most) {
    double[] shares = shares();
    return merchants.stream()
        .filter(merchant -> shares[merchant.number()] >= least)
        .filter(merchant -> shares[merchant.number()] <= most)
        .toList();
  }

  /** Each merchant's part in all payments, by its number: as a favourite, and as any shop. */
  private double[] shares() {
    double[] shares = new double[MERCHANTS + 1];
    double all = customers.stream().mapToDouble(Customer::activity).sum();
    Map<City, Double> others = new HashMap<>();
    for (Customer customer : customers) {
      double share = customer.activity() / all;
      List<Merchant> favourites = customer.favourites();
      for (int i = 0; i < favourites.size(); i++) {
        shares[favourites.get(i).number()] +=
            share * AT_FAVOURITES * Chance.shareInFront(i, favourites.size());
      }
      others.merge(customer.home(), share * (1 - AT_FAVOURITES), Double::sum);
    }
    double need = totalNeed();
    others.forEach(
        (city, share) -> {
          for (Category category : Category.values()) {
            List<Merchant> choice = of(category, city);
            for (int i = 0; i < choice.size(); i++) {
              shares[choice.get(i).number()] +=
                  share * category.need() / need * Chance.shareInFront(i, choice.size());
            }
          }
        });
    return shares;
  }

  /** Some merchant that people of a city buy from, the better known ones more often. */
  Merchant shop(City city) {
    while (true) {
      Category category = category();
      List<Merchant> choice = of(category, city);
      if (!choice.isEmpty()) {
        return choice.get(chance.inFront(choice.size()));
      }
    }
  }

  /** The merchants of a kind that one can buy from in a city. */
  List<Merchant> of(Category category, City city) {
    return category.online()
        ? online.getOrDefault(category, List.of())
        : shops.getOrDefault(city, Map.of()).getOrDefault(category, List.of());
  }

  private Category category() {
    double point = chance.between(0.0, totalNeed());
    for (Category category : Category.values()) {
      point -= category.need();
      if (point < 0) {
        return category;
      }
    }
    return Category.GROCERY;
  }

  private static double totalNeed() {
    double total = 0;
    for (Category category : Category.values()) {
      total += category.need();
    }
    return total;
  }

  private City homeCity() {
    int total = City.ALL.stream().mapToInt(City::homes).sum();
    int point = chance.below(total);
    for (City city : City.ALL) {
      point -= city.homes();
      if (point < 0) {
        return city;
      }
    }
    return City.ALL.get(0);
  }
}
