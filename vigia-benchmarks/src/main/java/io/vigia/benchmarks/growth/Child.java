package io.vigia.benchmarks.growth;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts {@link PointMain} for a point and reads what it measured. */
final class Child {
  private static final long GIB = 1L << 30;

  /** What the system and everything else may need beside the largest heap. */
  private static final long SPARED_GIB = 4;

  private static final int HEAP_GIB_MAX = 20;
  private static final int HEAP_GIB = 3;
  private static final int MANY_KEYS = 2_000_000;

  private Child() {}

  /** The heap that a point is given, in GiB. */
  static long heapGib(Point point) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return point.kind().equals("keys") && point.size() > MANY_KEYS
        ? Math.min(HEAP_GIB_MAX, system.getTotalMemorySize() / GIB - SPARED_GIB)
        : HEAP_GIB;
  }

  /**
   * Measures a point in a process of its own.
   *
   * @param judge {@code vigia}, or a storage for a job; not asked for a point by hand
   * @return empty when it did not fit into the heap or the time
   */
  static Optional<JsonObject> measure(
      Point point, String judge, double warmSeconds, double seconds, long secondsMax)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("vigia-point", ".json");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms" + heapGib(point) + "g",
                    "-Xmx" + heapGib(point) + "g",
                    "-XX:+UseG1GC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PointMain.class.getName(),
                    point.kind(),
                    Integer.toString(point.size()),
                    point.byHand() ? "hand" : judge,
                    Double.toString(warmSeconds),
                    Double.toString(seconds)))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(secondsMax, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(new JsonObject(lines.get(lines.size() - 1)));
    } finally {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(output);
    }
  }
}
