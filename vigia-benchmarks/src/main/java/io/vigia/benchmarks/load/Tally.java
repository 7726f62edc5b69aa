package io.vigia.benchmarks.load;

import io.vertx.core.Context;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts the answers of one run. All but waiting happens on the event loop of the client. */
final class Tally {
  private static final int DIGITS = 3;

  private final int requests;
  private final Histogram latencies = new Histogram(DIGITS);
  private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
  private final CountDownLatch open;

  Tally(int requests) {
    this.requests = requests;
    this.open = new CountDownLatch(requests);
  }

  void add(long nanos, Verdict verdict) {
    latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
    verdicts.merge(verdict, 1L, Long::sum);
    open.countDown();
  }

  /** Waits until everything is answered, or patience ends. */
  void await(int seconds) throws InterruptedException {
    boolean complete = open.await(seconds, TimeUnit.SECONDS);
    if (!complete) {
      System.err.println("unanswered after " + seconds + " s: " + open.getCount());
    }
  }

  /** The result; what is unanswered by now is an error. */
  LoadResult result(Context loop, long lateMicros) {
    CompletableFuture<LoadResult> result = new CompletableFuture<>();
    loop.runOnContext(
        now -> {
          long unanswered = requests - latencies.getTotalCount();
          result.complete(
              new LoadResult(
                  latencies.copy(),
                  count(Verdict.FALLBACK),
                  count(Verdict.REFUSED),
                  count(Verdict.ERROR) + unanswered,
                  lateMicros));
        });
    return result.join();
  }

  private long count(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }
}
