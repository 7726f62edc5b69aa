package io.vigia.benchmarks.kernel;

import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Spread;
import io.vigia.core.event.Event;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two contenders over the same events in turn, in the order A B B A A B …, so that what drifts
 * meets both alike.
 */
final class Contest {
  private final Contender one;
  private final Contender other;
  private final List<Lap> ones = new ArrayList<>();
  private final List<Lap> others = new ArrayList<>();

  Contest(Contender one, Contender other) {
    this.one = one;
    this.other = other;
  }

  /** Lets both warm up on some of the events, then runs them over all. */
  void run(Event[] events, int warmups, int repetitions) {
    for (int i = 0; i < warmups; i++) {
      Lap.of(one, events);
      Lap.of(other, events);
    }
    for (int i = 0; i < repetitions; i++) {
      if (i % 2 == 0) {
        ones.add(Lap.of(one, events));
        others.add(Lap.of(other, events));
      } else {
        others.add(Lap.of(other, events));
        ones.add(Lap.of(one, events));
      }
    }
  }

  /** Events a second of the one over those of the other, by their medians. */
  double ratio() {
    return rate(ones).median() / rate(others).median();
  }

  /** Whether every lap of both gave the same judgements. */
  boolean outputsEqual() {
    long hash = ones.get(0).hash();
    return ones.stream().allMatch(lap -> lap.hash() == hash)
        && others.stream().allMatch(lap -> lap.hash() == hash);
  }

  /** The median events a second of the one. */
  double eventsPerSecond() {
    return rate(ones).median();
  }

  /** The median bytes that the one allocates an event. */
  double bytesPerEvent() {
    return Lap.spread(ones, Lap::bytesPerEvent).median();
  }

  private static Spread rate(List<Lap> laps) {
    return Lap.spread(laps, Lap::eventsPerSecond);
  }

  void print(PrintStream text) {
    text.printf(
        Locale.ROOT, "%-16s %-34s %-22s %s%n", "", "events/s", "cpu s/million", "bytes an event");
    row(text, one.name(), ones);
    row(text, other.name(), others);
    text.printf(
        Locale.ROOT,
        "%s over %s: %.3f, outputs %s (%016x, %016x)%n",
        one.name(),
        other.name(),
        ratio(),
        outputsEqual() ? "equal" : "DIFFERENT: void",
        ones.get(0).hash(),
        others.get(0).hash());
  }

  private static void row(PrintStream text, String name, List<Lap> laps) {
    text.printf(
        Locale.ROOT,
        "%-16s %-34s %-22s %s%n",
        name,
        rate(laps),
        Lap.spread(laps, Lap::cpuSecondsPerMillion),
        Lap.spread(laps, Lap::bytesPerEvent));
  }

  /** The figures of both, by the names of the contenders. */
  JsonObject json() {
    JsonObject json = new JsonObject();
    for (List<Lap> laps : Arrays.asList(ones, others)) {
      Spread rate = rate(laps);
      json.put(
          laps == ones ? one.name() : other.name(),
          new JsonObject()
              .put("events_per_second", Math.round(rate.median()))
              .put("events_per_second_min", Math.round(rate.min()))
              .put("events_per_second_max", Math.round(rate.max()))
              .put("cpu_s_per_million", Lap.spread(laps, Lap::cpuSecondsPerMillion).median())
              .put("bytes_per_event", Math.round(Lap.spread(laps, Lap::bytesPerEvent).median()))
              .put("hash", String.format(Locale.ROOT, "%016x", laps.get(0).hash())));
    }
    return json;
  }
}
