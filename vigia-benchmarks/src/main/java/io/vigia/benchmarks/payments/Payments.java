package io.vigia.benchmarks.payments;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An endless row of made-up card payments, the same in every process.
 *
 * <p><b>Shape.</b> Payment number <i>n</i> depends on <i>n</i> alone, so that any process can make
 * any of them. Numbers are in the order of time.
 *
 * <p><b>Units and bounds.</b> {@value #CARDS} cards, {@value #MERCHANTS} merchants, a payment every
 * {@value #SPACING_MS} milliseconds of event time: 9,600 a day, 1.75 million in half a year, about
 * two a day for a card and one a day for a merchant. O(1).
 *
 * <p><b>Source.</b> The shape, not the code, of the simulator in Le Borgne and others,
 * <i>Reproducible Machine Learning for Credit Card Fraud Detection</i>, chapter 3.
 */
public final class Payments {
  public static final int CARDS = 5_000;
  public static final int MERCHANTS = 10_000;
  public static final long SPACING_MS = 9_000;

  /**
   * The number of payments that fill the longest window of the pipeline, 30 days after 7 of delay.
   */
  public static final long FULL = 37L * 86_400_000 / SPACING_MS;

  private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long BAD_SPELL_MS = 28L * 86_400_000;
  private static final int HABITUAL_MERCHANTS = 40;
  private static final String[] COUNTRIES = {"PT", "ES", "FR", "DE", "GB", "IT", "BR", "US", "XK"};

  private Payments() {}

  /** Payment number {@code n}. */
  public static Payment at(long n) {
    // Not SplittableRandom: making one for each payment would cost more than the payment.
    long dice = mix(n + 1);
    int card = cardOf(dice);
    long habits = mix(card + 0x5eed_c0deL);
    int merchant = merchantOf(habits, dice);
    long timeMs = START_MS + n * SPACING_MS + part(dice, 0, SPACING_MS);
    boolean badMerchant = part(mix(merchant * 31L + timeMs / BAD_SPELL_MS), 0, 200) == 0;
    long cents = centsOf(habits, dice);
    boolean fraud = (badMerchant && part(dice, 5, 2) == 0) || part(dice, 6, 500) == 0;
    return new Payment(
        "p" + n,
        timeMs,
        "c" + card,
        "m" + merchant,
        BigDecimal.valueOf(fraud ? cents * 5 : cents, 2),
        part(dice, 3, 50) == 0 ? COUNTRIES[(int) part(dice, 4, COUNTRIES.length)] : "PT",
        part(dice, 7, 4) == 0 ? "online" : "shop",
        fraud ? 1 : 0);
  }

  /** Some cards pay hardly ever, some four times a day. */
  private static int cardOf(long dice) {
    return (int) Math.min(part(dice, 1, CARDS), part(dice, 12, CARDS));
  }

  /** Mostly one of the card's usual merchants. */
  private static int merchantOf(long habits, long dice) {
    long place = part(dice, 2, HABITUAL_MERCHANTS + 2);
    return (int)
        (place < HABITUAL_MERCHANTS
            ? part(mix(habits + place), 0, MERCHANTS)
            : part(dice, 8, MERCHANTS));
  }

  /**
   * Around what the card usually pays, 5 to 105 euros: from a tenth to twice of it, seldom more.
   * Odd, so that every amount has two places and every mean of them eight, however it is computed.
   */
  private static long centsOf(long habits, long dice) {
    long usual = 500 + part(habits, 9, 10_000);
    long share = 10 + part(dice, 10, 190);
    return Math.max(50, usual * share / 100) * (part(dice, 11, 100) == 0 ? 4 : 1) | 1;
  }

  /** A number from 0 to below {@code bound}: each {@code lane} gives another one. */
  private static long part(long dice, int lane, long bound) {
    return Long.remainderUnsigned(mix(dice + lane), bound);
  }

  /** The finishing step of SplitMix64. */
  private static long mix(long seed) {
    long z = seed * 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
