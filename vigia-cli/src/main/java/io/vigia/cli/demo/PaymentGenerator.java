package io.vigia.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Makes up card payments: {@value Population#CUSTOMERS} customers with homes, habits and a rhythm,
 * {@value Population#MERCHANTS} merchants, and three frauds among them.
 *
 * <p><b>Shape.</b> First {@link #history}, a day in which nothing bad happens and from which rules
 * learn what is usual; then {@link #playFrauds}; then {@link #next} again and again, with times
 * that do not go back. The same seed and the same calls give the same payments, on every Java.
 *
 * <p><b>Units and bounds.</b> Whoever asks for more payments a second makes the customers pay more
 * often: real ones would together make about one payment in five seconds. Who pays, where and how
 * much follows the hour of the day; how many do is what the caller asks for. O(1) a payment.
 *
 * <p>Mutable, owned by one thread.
 */
public final class PaymentGenerator {
  /** Between two episodes of one kind in the first minute. */
  private static final Duration BUSY = Duration.ofSeconds(6);

  /** And later on, so that a demo that is left running stays calm. */
  private static final Duration CALM = Duration.ofSeconds(60);

  private static final Duration BUSY_FOR = Duration.ofMinutes(1);

  /** At most this part of all payments is fraud. */
  private static final double FRAUD_MAX = 0.2;

  private final String run;
  private final Shopping shopping;
  private final Fraudsters fraudsters;
  private final PriorityQueue<Charge> planned =
      new PriorityQueue<>(Comparator.comparing(Charge::at).thenComparing(Charge::episode));
  private final Map<FraudKind, Instant> nextEpisode = new EnumMap<>(FraudKind.class);
  private Instant fraudsFrom = Instant.MAX;
  private Instant lastEpisode = Instant.MAX;
  private Duration shortest = Duration.ZERO;
  private long made;

  /**
   * @param run begins every payment's id, which must differ from those of earlier runs
   */
  public PaymentGenerator(long seed, String run) {
    this.run = run;
    Population population = new Population(seed);
    Chance chance = new Chance(~seed);
    this.shopping = new Shopping(population, chance);
    this.fraudsters = new Fraudsters(population, shopping, chance);
  }

  /** A name for a run that begins at an instant: seconds in base 36. */
  public static String runAt(Instant start) {
    return Long.toString(start.getEpochSecond(), 36);
  }

  /** Good payments in {@code (until − span, until]}, as many as asked for, in the order of time. */
  public List<Payment> history(Instant until, Duration span, int count) {
    List<Payment> payments = new ArrayList<>(count);
    for (Instant time : shopping.times(until, span, count)) {
      payments.add(shopping.at(time).made(nextId(), time));
    }
    return payments;
  }

  /**
   * Lets frauds begin.
   *
   * @param until when the last episode should be over; null for never. In a play too short for that
   *     they begin in its first half
   * @param ratePerSecond how many payments are asked for; at low rates episodes are rarer
   */
  public void playFrauds(Instant from, @Nullable Instant until, double ratePerSecond) {
    fraudsFrom = from;
    Duration length = Duration.between(from, until == null ? from.plus(BUSY_FOR) : until);
    Duration longest = shorter(Fraudsters.LONGEST, length.dividedBy(2));
    lastEpisode = until == null ? Instant.MAX : until.minus(longest);
    double seconds = Fraudsters.PAYMENTS_OF_THREE / (FRAUD_MAX * ratePerSecond);
    shortest = Duration.ofMillis((long) (seconds * 1_000));
    int kinds = FraudKind.values().length;
    long apart = shorter(every(from).dividedBy(kinds), length.dividedBy(2L * kinds + 2)).toMillis();
    Instant begin = from.plusMillis(apart);
    for (FraudKind kind : FraudKind.values()) {
      nextEpisode.put(kind, begin);
      begin = begin.plusMillis(apart);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private Duration every(Instant time) {
    Duration usual = time.isBefore(fraudsFrom.plus(BUSY_FOR)) ? BUSY : CALM;
    return usual.compareTo(shortest) >= 0 ? usual : shortest;
  }

  /** The payment that is made at an instant: somebody's own, or a fraud that is due. */
  public Payment next(Instant at) {
    nextEpisode.replaceAll((kind, due) -> due.isAfter(at) ? due : begin(kind, at));
    Charge due = planned.peek();
    if (due != null && !due.at().isAfter(at)) {
      planned.remove();
      return due.made(nextId(), at);
    }
    return shopping.at(at).made(nextId(), at);
  }

  private Instant begin(FraudKind kind, Instant at) {
    if (at.isBefore(lastEpisode)) {
      planned.addAll(fraudsters.plan(kind, at));
      return at.plus(every(at));
    }
    return Instant.MAX;
  }

  private String nextId() {
    return run + "-" + ++made;
  }
}
