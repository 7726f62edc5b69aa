package io.vigia.benchmarks.growth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.Spread;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the points of one curve measured, in all repetitions. */
final class Curve {
  private final List<Point> points;
  private final Map<Point, List<JsonObject>> measured = new LinkedHashMap<>();

  Curve(List<Point> points) {
    this.points = List.copyOf(points);
    points.forEach(point -> measured.put(point, new ArrayList<>()));
  }

  /** The points in the order of one repetition: there and back again, so that drift meets all. */
  List<Point> order(int repetition) {
    List<Point> order = new ArrayList<>(points);
    if (repetition % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }

  void add(Point point, JsonObject result) {
    Objects.requireNonNull(measured.get(point)).add(result);
  }

  /** Events a second of one point over those of another; not a number where one has none. */
  double ratio(Point one, Point other) {
    return rate(one) / rate(other);
  }

  private double rate(Point point) {
    List<JsonObject> results = measured.getOrDefault(point, List.of());
    return results.isEmpty() ? Double.NaN : spread(results).median();
  }

  private static Spread spread(List<JsonObject> results) {
    return Spread.of(results.stream().map(each -> each.getDouble("events_per_second")).toList());
  }

  /** Whether what was judged is the same in every repetition, by hand and by Vigia. */
  boolean outputsEqual() {
    return points.stream()
        .allMatch(
            point ->
                measured.entrySet().stream()
                        .filter(each -> each.getKey().isSameTask(point))
                        .flatMap(each -> each.getValue().stream())
                        .map(each -> each.getString("hash"))
                        .distinct()
                        .count()
                    <= 1);
  }

  void print(PrintStream text) {
    text.printf(
        Locale.ROOT,
        "%-26s %-34s %-14s %-14s %-10s %-10s %s%n",
        "",
        "events/s",
        "cpu s/million",
        "bytes an event",
        "fired",
        "heap MiB",
        "bytes a key");
    measured.forEach(
        (point, results) -> {
          if (results.isEmpty()) {
            text.printf("%-26s did not fit%n", point.label());
          } else {
            JsonObject last = results.get(results.size() - 1);
            text.printf(
                Locale.ROOT,
                "%-26s %-34s %-14.3f %-14d %-10.5f %-,10d %,d%n",
                point.label(),
                spread(results),
                last.getDouble("cpu_s_per_million"),
                last.getLong("bytes_per_event"),
                last.getDouble("fired"),
                last.getLong("heap_bytes") >> 20,
                last.getLong("heap_bytes_per_key"));
            if (last.containsKey("checkpoint_bytes")) {
              text.printf(
                  Locale.ROOT,
                  "%-26s %d checkpoints, %,d bytes the last%n",
                  "",
                  last.getLong("checkpoints"),
                  last.getLong("checkpoint_bytes"));
            }
          }
        });
    if (!outputsEqual()) {
      text.println("VOID: outputs differ");
    }
  }

  JsonArray json() {
    JsonArray rows = new JsonArray();
    measured.forEach(
        (point, results) -> {
          JsonObject row = new JsonObject().put("point", point.label());
          if (!results.isEmpty()) {
            Spread rate = spread(results);
            row.mergeIn(results.get(results.size() - 1))
                .put("events_per_second", Math.round(rate.median()))
                .put("events_per_second_min", Math.round(rate.min()))
                .put("events_per_second_max", Math.round(rate.max()));
          }
          rows.add(row.put("heap_gib", Child.heapGib(point)));
        });
    return rows;
  }
}
