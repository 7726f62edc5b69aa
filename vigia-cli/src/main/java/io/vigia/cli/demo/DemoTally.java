package io.vigia.cli.demo;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Counts what became of the payments of a demo.
 *
 * <p><b>Units and bounds.</b> Latencies in nanoseconds up to a minute, to three digits. Safe for
 * several threads.
 */
final class DemoTally {
  private static final long LATENCY_MAX_NANOS = 60_000_000_000L;
  private static final double NANOS_PER_MS = 1e6;

  private final Histogram latencies = new Histogram(LATENCY_MAX_NANOS, 3);
  private final Map<String, Long> byOutcome = new TreeMap<>();
  private final Map<String, Long> errors = new TreeMap<>();
  private final Map<FraudKind, Fraud> frauds = new EnumMap<>(FraudKind.class);
  private long sent;
  private long answered;
  private long fallbacks;
  private long good;
  private long goodStopped;

  DemoTally() {
    for (FraudKind kind : FraudKind.values()) {
      frauds.put(kind, new Fraud());
    }
  }

  /** What is counted of one kind of fraud. */
  private static final class Fraud {
    final Set<Integer> episodes = new HashSet<>();
    final Set<Integer> detected = new HashSet<>();
    long payments;
    long stopped;
  }

  synchronized void sent() {
    sent++;
  }

  /** A payment that was decided, or answered by a fallback, so long after it was due. */
  synchronized void answered(Payment payment, Answer answer, long nanos) {
    answered++;
    latencies.recordValue(Math.max(0, Math.min(nanos, LATENCY_MAX_NANOS)));
    byOutcome.merge(answer.outcome(), 1L, Long::sum);
    fallbacks += answer.fallback() ? 1 : 0;
    judged(payment, answer.stops());
  }

  /** A payment that got no decision, and why. */
  synchronized void failed(Payment payment, String why) {
    answered++;
    errors.merge(why, 1L, Long::sum);
    judged(payment, false);
  }

  private void judged(Payment payment, boolean stopped) {
    FraudKind kind = payment.fraud();
    if (kind == null) {
      good++;
      goodStopped += stopped ? 1 : 0;
      return;
    }
    Fraud fraud = frauds.computeIfAbsent(kind, k -> new Fraud());
    fraud.payments++;
    fraud.episodes.add(payment.episode());
    if (stopped) {
      fraud.stopped++;
      fraud.detected.add(payment.episode());
    }
  }

  synchronized long sentCount() {
    return sent;
  }

  synchronized long inFlight() {
    return sent - answered;
  }

  synchronized long fallbacks() {
    return fallbacks;
  }

  synchronized Map<String, Long> byOutcome() {
    return new TreeMap<>(byOutcome);
  }

  synchronized Map<String, Long> errors() {
    return new TreeMap<>(errors);
  }

  synchronized long goodCount() {
    return good;
  }

  synchronized long falsePositives() {
    return goodStopped;
  }

  /**
   * The latency that so many percent of the answers kept to, in milliseconds; 0 without answers.
   */
  synchronized double latencyMs(double percentile) {
    return latencies.getTotalCount() == 0
        ? 0
        : latencies.getValueAtPercentile(percentile) / NANOS_PER_MS;
  }

  /** Each kind of fraud, in the order of {@link FraudKind}. */
  synchronized Map<FraudKind, DemoSummary.Fraud> frauds() {
    Map<FraudKind, DemoSummary.Fraud> found = new LinkedHashMap<>();
    frauds.forEach(
        (kind, fraud) ->
            found.put(
                kind,
                new DemoSummary.Fraud(
                    fraud.episodes.size(), fraud.detected.size(), fraud.payments, fraud.stopped)));
    return found;
  }
}
