package io.vigia.benchmarks.growth;

import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Machine;
import io.vigia.flink.StateStorage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench w4}: how the cost of an event grows. */
@Command(
    name = "w4",
    header = "Measures how the cost of an event grows with rules, keys, windows and hot keys.",
    description = {
      "Each point is a process of its own, one after the other, on one thread of it. The baseline"
          + " written by hand runs at as many keys. A point that does not fit into the memory of this"
          + " machine is said to; its ratio is left out.",
      "",
      "A figure is void unless both judge alike; then the exit code is 1."
    })
public final class W4Command implements Callable<Integer> {
  private static final int MONTH_MINUTES = 30 * 24 * 60;
  private static final int HOT = 1_000_000;
  private static final int MANY_KEYS = 10_000_000;

  @Option(names = "--seconds", description = "Length of each run. Default: ${DEFAULT-VALUE}")
  double seconds = 8;

  @Option(
      names = "--warmup",
      description = "Seconds before, in each process. Default: ${DEFAULT-VALUE}")
  double warmup = 8;

  @Option(names = "--repetitions", description = "Runs of each point. Default: ${DEFAULT-VALUE}")
  int repetitions = 5;

  @Option(
      names = "--limit",
      description = "Seconds after which a point counts as too large. Default: ${DEFAULT-VALUE}")
  long limit = 600;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CURVE",
      description = "Of rules, keys, window, hot. Default: all")
  List<String> only = List.of("rules", "keys", "window", "hot");

  @Option(
      names = "--state",
      paramLabel = "kernel|heap|rocksdb",
      description =
          "Where the states are: in a hash map; or in a Flink job of one thread, on its heap or in"
              + " RocksDB, with a checkpoint every five seconds, and without the curve of rules."
              + " Default: ${DEFAULT-VALUE}")
  String state = "kernel";

  @Option(names = "--short", description = "One short run of each point: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (isJob() && StateStorage.of(state).isEmpty()) {
      System.err.println("--state: expected kernel, heap or rocksdb, found '" + state + "'");
      return 1;
    }
    if (isShort) {
      seconds = Math.min(seconds, 3);
      warmup = Math.min(warmup, 4);
      repetitions = 1;
      limit = Math.min(limit, 150);
    }
    PrintStream text = json ? System.err : System.out;
    Machine machine = Machine.here();
    text.println(machine.text());
    Curve rules = measure("rules", rules(), text);
    Curve window = measure("window", both("window", 1, MONTH_MINUTES), text);
    Curve hot = measure("hot", both("hot", 60, HOT), text);
    Curve keys = measure("keys", keys(), text);
    StateBytes bytes = StateBytes.measure();
    text.printf(
        Locale.ROOT,
        "binary form without ids: %.1f bytes a key, %.1f bytes an event%n",
        bytes.perKey(),
        bytes.perEvent());
    boolean equal = Stream.of(rules, window, hot, keys).allMatch(Curve::outputsEqual);
    if (json) {
      JsonObject result = new JsonObject();
      put(result, "cost_1000_rules_over_1", rules.ratio(vigia("rules", 1), vigia("rules", 1000)));
      put(
          result,
          "throughput_30d_over_1m",
          window.ratio(vigia("window", MONTH_MINUTES), vigia("window", 1)));
      put(result, "throughput_hot_key_over_60", hot.ratio(vigia("hot", HOT), vigia("hot", 60)));
      put(
          result,
          "throughput_10m_keys_over_hand_coded",
          keys.ratio(vigia("keys", MANY_KEYS), new Point("keys", MANY_KEYS, true)));
      put(
          result,
          "cost_1000_rules_over_1_each_matching",
          rules.ratio(vigia("rules-each", 1), vigia("rules-each", 1000)));
      put(result, "state_bytes_per_key", bytes.perKey());
      put(result, "state_bytes_per_event", bytes.perEvent());
      result
          .put("outputs_equal", equal)
          .put("rules", rules.json())
          .put("window", window.json())
          .put("hot", hot.json())
          .put("keys", keys.json())
          .put("state", state)
          .put("seconds", seconds)
          .put("repetitions", repetitions)
          .put("machine", machine.json());
      System.out.println(result.encode());
    }
    return equal ? 0 : 1;
  }

  private boolean isJob() {
    return !state.equals("kernel");
  }

  private static Point vigia(String kind, int size) {
    return new Point(kind, size, false);
  }

  private List<Point> rules() {
    if (isJob()) {
      return List.of();
    }
    return Stream.concat(
            IntStream.of(1, 10, 100, 1_000).mapToObj(count -> vigia("rules", count)),
            IntStream.of(1, 1_000).mapToObj(count -> vigia("rules-each", count)))
        .toList();
  }

  private static List<Point> both(String kind, int small, int large) {
    return List.of(vigia(kind, small), vigia(kind, large));
  }

  private List<Point> keys() {
    return IntStream.of(1_000, 1_000_000, MANY_KEYS)
        .boxed()
        .flatMap(count -> Stream.of(vigia("keys", count), new Point("keys", count, true)))
        .filter(point -> !isJob() || !point.byHand())
        .toList();
  }

  private Curve measure(String name, List<Point> points, PrintStream text)
      throws IOException, InterruptedException {
    Curve curve = new Curve(only.contains(name) ? points : List.of());
    List<Point> tooLarge = new ArrayList<>();
    for (int i = 0; i < repetitions && only.contains(name); i++) {
      for (Point point : curve.order(i)) {
        if (!tooLarge.contains(point)) {
          Optional<JsonObject> result =
              Child.measure(point, isJob() ? state : "vigia", warmup, seconds, limit);
          result.ifPresentOrElse(found -> curve.add(point, found), () -> tooLarge.add(point));
        }
      }
    }
    if (only.contains(name)) {
      curve.print(text);
    }
    return curve;
  }

  private static void put(JsonObject json, String name, double value) {
    json.put(name, Double.isNaN(value) ? null : (Object) (Math.round(value * 1_000) / 1_000.0));
  }
}
