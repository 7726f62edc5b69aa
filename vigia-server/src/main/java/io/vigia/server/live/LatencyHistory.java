package io.vigia.server.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * How long answers took: in the last ten seconds, and since the start.
 *
 * <p><b>Units and bounds.</b> Microseconds inside, milliseconds outside, to one percent; longer
 * than a minute counts as a minute. {@link #record} is for any thread and never waits.
 */
public final class LatencyHistory {
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);
  private static final int DIGITS = 2;
  private static final int SECONDS = 10;

  private final Recorder recorder = new Recorder(1, MICROS_MAX, DIGITS);
  private final Deque<Histogram> seconds = new ArrayDeque<>();
  private final Histogram total = new Histogram(1, MICROS_MAX, DIGITS);
  private Histogram second = new Histogram(1, MICROS_MAX, DIGITS);
  private @Nullable Histogram recycled;

  /** Counts an answer. */
  public void record(long nanos) {
    recorder.recordValue(Math.min(MICROS_MAX, Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos))));
  }

  /** Ends a second; to be called once in each. */
  public synchronized void tick() {
    drain();
    seconds.addLast(second);
    second =
        seconds.size() > SECONDS ? seconds.removeFirst() : new Histogram(1, MICROS_MAX, DIGITS);
    second.reset();
  }

  private void drain() {
    Histogram news = recorder.getIntervalHistogram(recycled);
    second.add(news);
    total.add(news);
    recycled = news;
  }

  /** The last ten seconds that have ended. */
  public synchronized Latencies recent() {
    Histogram sum = new Histogram(1, MICROS_MAX, DIGITS);
    seconds.forEach(sum::add);
    return Latencies.of(sum);
  }

  /** All answers since the start. */
  public synchronized Latencies total() {
    drain();
    return Latencies.of(total);
  }

  /** Percentiles in milliseconds; 0 where {@code count} is 0. */
  public record Latencies(long count, double p50Ms, double p99Ms, double p999Ms, double maxMs) {
    /** No answers. */
    public static final Latencies NONE = new Latencies(0, 0, 0, 0, 0);

    private static Latencies of(Histogram histogram) {
      return histogram.getTotalCount() == 0
          ? NONE
          : new Latencies(
              histogram.getTotalCount(),
              ms(histogram.getValueAtPercentile(50)),
              ms(histogram.getValueAtPercentile(99)),
              ms(histogram.getValueAtPercentile(99.9)),
              ms(histogram.getMaxValue()));
    }

    private static double ms(long micros) {
      return micros / 1_000.0;
    }
  }
}
