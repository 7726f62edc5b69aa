package io.vigia.benchmarks.replay;

import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Machine;
import io.vigia.benchmarks.Spread;
import io.vigia.benchmarks.payments.Payments;
import io.vigia.benchmarks.payments.W1;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench replay}: events a second through the core alone. */
@Command(
    name = "replay",
    header = "Measures how many events a second the core judges alone, on one thread.",
    description = {
      "Fills the windows, then replays payments through 12 features and 20 rules: decoded event in,"
          + " decision out, without JSON, Kafka and Flink. Only the processing is timed, not the"
          + " making of the events.",
      "",
      "The hash is over the decisions: two runs of the same events must have the same."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final int SHORT_EVENTS = 50_000;
  private static final int SHORT_REPETITIONS = 3;
  private static final double NANOS = 1e9;

  @Option(names = "--events", description = "Events of each repetition. Default: ${DEFAULT-VALUE}")
  int events = 250_000;

  @Option(names = "--repetitions", description = "Default: ${DEFAULT-VALUE}")
  int repetitions = 5;

  @Option(
      names = "--history",
      description =
          "Events before the first that is measured, which fill the windows and warm up."
              + " Default: ${DEFAULT-VALUE}")
  long history = Payments.FULL;

  @Option(names = "--short", description = "Few events: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  @Override
  public Integer call() {
    if (isShort) {
      events = Math.min(events, SHORT_EVENTS);
      repetitions = Math.min(repetitions, SHORT_REPETITIONS);
    }
    PrintStream text = json ? System.err : System.out;
    Machine machine = Machine.here();
    text.println(machine.text());
    TimedReplay replay = new TimedReplay(W1.load());
    replay.run(history);
    text.printf(Locale.ROOT, "%,d events of history%n", history);
    List<TimedReplay.Lap> laps = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      laps.add(replay.run(events));
    }
    Spread rate = spread(laps, lap -> lap.events() * NANOS / lap.nanos());
    Spread cpu = spread(laps, lap -> lap.cpuNanos() / 1e3 / lap.events());
    Spread bytes = spread(laps, lap -> lap.bytes() / (double) lap.events());
    long stateBytes = replay.stateBytes();
    text.printf(
        Locale.ROOT,
        "%s events/s, %s CPU seconds per million, %s bytes allocated an event%n"
            + "%,d keys, %,d bytes of state in binary form, hash of decisions %016x%n",
        rate,
        cpu,
        bytes,
        replay.keys(),
        stateBytes,
        replay.hash());
    if (json) {
      JsonObject result =
          new JsonObject()
              .put("events_per_s", Math.round(rate.median()))
              .put("events_per_s_min", Math.round(rate.min()))
              .put("events_per_s_max", Math.round(rate.max()))
              .put("cpu_s_per_million", cpu.median())
              .put("bytes_per_event", Math.round(bytes.median()))
              .put("events", events)
              .put("repetitions", repetitions)
              .put("history", history)
              .put("keys", replay.keys())
              .put("state_bytes", stateBytes)
              .put("hash", String.format("%016x", replay.hash()))
              .put("machine", machine.json());
      System.out.println(result.encode());
    }
    return 0;
  }

  private static Spread spread(
      List<TimedReplay.Lap> laps, ToDoubleFunction<TimedReplay.Lap> value) {
    return Spread.of(laps.stream().map(value::applyAsDouble).toList());
  }
}
