package io.vigia.benchmarks.kernel;

import io.vigia.core.event.Event;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The features of {@code w1.yaml} written by hand, for {@link HandCodedRules} to judge by: what a
 * good programmer would write who needs this pipeline and no other.
 *
 * <p><b>Shape.</b> String keys in two hash maps, one shared ring a key, running sums of cents,
 * means in whole numbers. Repeated ids are found in the card's ring. It takes no late events, no
 * other pipeline and no restart.
 *
 * <p><b>Units and bounds.</b> Means of amounts are whole numbers of {@value #PLACES} places behind
 * the point, half-even, as Vigia's are.
 */
final class HandCodedJudge implements Judge {
  /** The places of a mean: two of the amounts and six more. */
  static final int PLACES = 8;

  /** A cent in the unit of means. */
  static final long CENT = 1_000_000;

  private static final int MAP_SIZE = 1 << 15;

  private final int cardField;
  private final int merchantField;
  private final int amountField;
  private final int countryField;
  private final int channelField;
  private final int fraudField;
  private final Map<String, CardRing> cards = new HashMap<>(MAP_SIZE);
  private final Map<String, MerchantRing> merchants = new HashMap<>(MAP_SIZE);
  private final HandCodedRules rules = new HandCodedRules();

  HandCodedJudge(StreamSchema stream) {
    cardField = stream.position("card");
    merchantField = stream.position("merchant");
    amountField = stream.position("amount");
    countryField = stream.position("country");
    channelField = stream.position("channel");
    fraudField = stream.position("fraud");
  }

  private static String text(Slots values, int field) {
    return (String) Objects.requireNonNull(values.object(field));
  }

  @Override
  public Object judge(Event event) {
    Slots values = event.values();
    String cardKey = text(values, cardField);
    CardRing card = cards.get(cardKey);
    if (card == null) {
      card = new CardRing();
      cards.put(cardKey, card);
    }
    if (card.knows(event.id(), event.timeMs())) {
      throw new IllegalStateException("payment " + event.id() + ": expected no repeated ids");
    }
    BigDecimal amount = (BigDecimal) Objects.requireNonNull(values.object(amountField));
    // Two places, and far from where a double's 53 bits would round.
    long cents = Math.round(amount.doubleValue() * 100);
    card.add(event.id(), event.timeMs(), cents);

    String merchantKey = text(values, merchantField);
    MerchantRing merchant = merchants.get(merchantKey);
    if (merchant == null) {
      merchant = new MerchantRing();
      merchants.put(merchantKey, merchant);
    }
    merchant.add(event.timeMs(), (int) values.number(fraudField));

    HandCodedRules it = rules;
    it.cardCount1 = card.count1();
    it.cardCount7 = card.count7();
    it.cardCount30 = card.count30();
    it.cardMean1 = mean(card.sum1, card.count1());
    it.cardMean7 = mean(card.sum7, card.count7());
    it.cardMean30 = mean(card.sum30, card.count30());
    it.merchantCount1 = merchant.count1();
    it.merchantCount7 = merchant.count7();
    it.merchantCount30 = merchant.count30();
    it.merchantFraud1 = merchant.fraud1 / (double) merchant.count1();
    it.merchantFraud7 = merchant.fraud7 / (double) merchant.count7();
    it.merchantFraud30 = merchant.fraud30 / (double) merchant.count30();
    String country = text(values, countryField);
    String channel = text(values, channelField);
    it.testing = card.completesTesting(event.timeMs(), cents);
    it.elsewhere =
        card.completesElsewhere(
            event.timeMs(), country.equals("PT"), channel.equals("online"), cents);
    return it.judge(event, cardKey, country, channel, amount, cents);
  }

  /** Half-even, in units of {@link #PLACES} places. */
  private static long mean(long cents, int count) {
    long sum = cents * CENT;
    long mean = sum / count;
    long twice = 2 * (sum - mean * count);
    return twice > count || (twice == count && (mean & 1) != 0) ? mean + 1 : mean;
  }

  @Override
  public Map<String, @Nullable Object> features() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    HandCodedRules.NAMES.forEach(name -> all.put(name, rules.feature(name)));
    return all;
  }

  @Override
  public String text(Object judgement) {
    Verdict verdict = (Verdict) judgement;
    return verdict.event().id()
        + verdict.outcome()
        + verdict.score()
        + verdict.rules()
        + verdict.shadow()
        + "[]"
        + new TreeMap<>(verdict.features());
  }
}
