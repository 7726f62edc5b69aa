package io.vigia.benchmarks.kernel;

import io.vigia.benchmarks.kernel.Verdict.Fired;
import io.vigia.core.event.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The 20 rules of {@code w1.yaml}, hard-wired: conditions over local numbers, reasons made only
 * when a rule fires.
 *
 * <p>The features are set before each call; means are in units of {@link HandCodedJudge#PLACES}
 * places, fraud shares are not a number over nothing.
 */
final class HandCodedRules {
  static final List<String> NAMES =
      List.of(
          "card_count_1d",
          "card_count_7d",
          "card_count_30d",
          "card_mean_1d",
          "card_mean_7d",
          "card_mean_30d",
          "merchant_count_1d",
          "merchant_count_7d",
          "merchant_count_30d",
          "merchant_fraud_1d",
          "merchant_fraud_7d",
          "merchant_fraud_30d",
          "matched");

  private static final String[] OUTCOMES = {"allow", "challenge", "review", "block"};
  private static final int CHALLENGE = 1;
  private static final int REVIEW = 2;
  private static final int BLOCK = 3;
  private static final int REASON_PLACES = 4;
  private static final BigDecimal CENT = new BigDecimal("0.01");

  int cardCount1;
  int cardCount7;
  int cardCount30;
  long cardMean1;
  long cardMean7;
  long cardMean30;
  int merchantCount1;
  int merchantCount7;
  int merchantCount30;
  double merchantFraud1;
  double merchantFraud7;
  double merchantFraud30;

  /** Whether the payment completes one of the patterns. */
  boolean testing;

  boolean elsewhere;

  private int severest;
  private int score;
  private List<Fired> fired = List.of();
  private List<Fired> shadow = List.of();
  private Map<String, @Nullable Object> read = Map.of();

  Verdict judge(
      Event event, String card, String country, String channel, BigDecimal amount, long cents) {
    severest = 0;
    score = 0;
    fired = List.of();
    shadow = List.of();
    read = Map.of();
    ofThePayment(card, country, channel, amount, cents);
    ofTheCard(amount, cents * HandCodedJudge.CENT);
    ofTheMerchant(amount, cents);
    return new Verdict(event, OUTCOMES[severest], score, fired, shadow, read);
  }

  private void ofThePayment(
      String card, String country, String channel, BigDecimal amount, long cents) {
    if (isBlocked(card)) {
      fire("listed", BLOCK, 100, "card is on the block list");
    }
    if (isWatched(country)) {
      fire("watched_country", REVIEW, 40, "paid in " + country);
    }
    if (cents > 1_000_00) {
      fire("large", REVIEW, 50, shown(amount) + " at once");
    }
    if (cents > 300_00 && !country.equals("PT")) {
      fire("large_abroad", CHALLENGE, 30, shown(amount) + " in " + country);
    }
    if (cents > 400_00 && channel.equals("online")) {
      fire("large_online", CHALLENGE, 30, shown(amount) + " online");
    }
  }

  private static boolean isBlocked(String card) {
    return switch (card) {
      case "c17", "c404", "c1999" -> true;
      default -> false;
    };
  }

  private static boolean isWatched(String country) {
    return switch (country) {
      case "XK", "XX", "ZZ" -> true;
      default -> false;
    };
  }

  private void ofTheCard(BigDecimal amount, long exact) {
    if (cardCount1 > 9) {
      fire("busy_day", REVIEW, 40, cardCount1 + " payments in a day", "card_count_1d");
    }
    if (cardCount1 >= 5 && cardCount1 * 2 > cardCount7) {
      fire(
          "day_above_week",
          REVIEW,
          30,
          cardCount1 + " of the " + cardCount7 + " payments of the week in one day",
          "card_count_1d",
          "card_count_7d");
    }
    if (cardCount7 > 20 && cardCount7 * 2 > cardCount30) {
      fire(
          "week_above_month",
          REVIEW,
          30,
          cardCount7 + " of the " + cardCount30 + " payments of the month in one week",
          "card_count_7d",
          "card_count_30d");
    }
    if (cardCount1 > 3 && exact > cardMean1 * 3) {
      String reason = shown(amount) + " instead of " + shown(decimal(cardMean1));
      fire("unlike_day", CHALLENGE, 20, reason, "card_count_1d", "card_mean_1d");
    }
    if (cardCount7 > 5 && exact > cardMean7 * 4) {
      String reason = shown(amount) + " instead of " + shown(decimal(cardMean7));
      fire("unlike_week", CHALLENGE, 30, reason, "card_count_7d", "card_mean_7d");
    }
    if (cardCount30 > 10 && exact > cardMean30 * 5) {
      String reason = shown(amount) + " instead of " + shown(decimal(cardMean30));
      fire("unlike_month", REVIEW, 40, reason, "card_count_30d", "card_mean_30d");
    }
    if (cardCount1 > 2 && cardMean1 > cardMean30 * 3) {
      fire(
          "dearer_day",
          REVIEW,
          30,
          shown(decimal(cardMean1)) + " a payment instead of " + shown(decimal(cardMean30)),
          "card_count_1d",
          "card_mean_1d",
          "card_mean_30d");
    }
    if (elsewhere) {
      String reason = "online after a payment abroad, and not at home since";
      fire("elsewhere", CHALLENGE, 20, reason, "matched");
    }
    if (testing) {
      String reason = shown(amount) + " after two small payments or more";
      fire("testing", REVIEW, 50, reason, "matched");
    }
  }

  private void ofTheMerchant(BigDecimal amount, long cents) {
    if (merchantCount1 > 1 && merchantFraud1 > 0.5) {
      String reason = shown(merchantFraud1) + " fraud in a day";
      fire("bad_merchant_day", REVIEW, 40, reason, "merchant_count_1d", "merchant_fraud_1d");
    }
    if (merchantCount7 > 5 && merchantFraud7 > 0.3) {
      String reason = shown(merchantFraud7) + " fraud in a week";
      fire("bad_merchant_week", REVIEW, 50, reason, "merchant_count_7d", "merchant_fraud_7d");
    }
    if (merchantCount30 > 10 && merchantFraud30 > 0.2) {
      String reason = shown(merchantFraud30) + " fraud in a month";
      fire("bad_merchant_month", BLOCK, 70, reason, "merchant_count_30d", "merchant_fraud_30d");
    }
    if (merchantCount7 > 3 && merchantFraud7 > 0.1 && merchantFraud7 > merchantFraud30 * 2.0) {
      fire(
          "worse_merchant",
          CHALLENGE,
          20,
          shown(merchantFraud7) + " fraud in a week, " + shown(merchantFraud30) + " in a month",
          "merchant_count_7d",
          "merchant_fraud_7d",
          "merchant_fraud_30d");
    }
    if (merchantCount30 == 0 && cents > 500_00) {
      String reason = shown(amount) + " at a merchant nobody knows";
      fire("unknown_merchant", CHALLENGE, 20, reason, "merchant_count_30d");
    }
    if (cardCount1 > 5 && merchantCount30 > 0 && merchantFraud30 > 0.1) {
      shadow =
          append(shadow, new Fired("both", OUTCOMES[BLOCK], 60, "a busy card at a bad merchant"));
      remember("card_count_1d", "merchant_count_30d", "merchant_fraud_30d");
    }
  }

  private void fire(String rule, int outcome, int points, String reason, String... features) {
    fired = append(fired, new Fired(rule, OUTCOMES[outcome], points, reason));
    severest = Math.max(severest, outcome);
    score += points;
    remember(features);
  }

  private static List<Fired> append(List<Fired> list, Fired one) {
    List<Fired> appended = list.isEmpty() ? new ArrayList<>(4) : list;
    appended.add(one);
    return appended;
  }

  private void remember(String... names) {
    if (names.length > 0) {
      Map<String, @Nullable Object> all = read.isEmpty() ? new LinkedHashMap<>() : read;
      for (String name : names) {
        all.put(name, feature(name));
      }
      read = all;
    }
  }

  /** A feature as decisions carry it. */
  @Nullable Object feature(String name) {
    return switch (name) {
      case "card_count_1d" -> (long) cardCount1;
      case "card_count_7d" -> (long) cardCount7;
      case "card_count_30d" -> (long) cardCount30;
      case "card_mean_1d" -> decimal(cardMean1);
      case "card_mean_7d" -> decimal(cardMean7);
      case "card_mean_30d" -> decimal(cardMean30);
      case "merchant_count_1d" -> (long) merchantCount1;
      case "merchant_count_7d" -> (long) merchantCount7;
      case "merchant_count_30d" -> (long) merchantCount30;
      case "merchant_fraud_1d" -> share(merchantFraud1);
      case "merchant_fraud_7d" -> share(merchantFraud7);
      case "merchant_fraud_30d" -> share(merchantFraud30);
      case "matched" -> matched();
      default -> throw new IllegalArgumentException("feature: got " + name);
    };
  }

  private Map<String, Boolean> matched() {
    Map<String, Boolean> matched = new LinkedHashMap<>();
    matched.put("card_testing", testing);
    matched.put("used_elsewhere", elsewhere);
    return matched;
  }

  private static @Nullable Double share(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static BigDecimal decimal(long mean) {
    return BigDecimal.valueOf(mean, HandCodedJudge.PLACES);
  }

  private static String shown(double value) {
    return shown(BigDecimal.valueOf(value));
  }

  /** With four places at most, or four digits where it is small. */
  private static String shown(BigDecimal value) {
    BigDecimal rounded = value;
    if (value.scale() > REASON_PLACES) {
      rounded =
          value.compareTo(CENT) >= 0
              ? value.setScale(REASON_PLACES, RoundingMode.HALF_EVEN)
              : value.round(new java.math.MathContext(REASON_PLACES, RoundingMode.HALF_EVEN));
    }
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
