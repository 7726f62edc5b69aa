package io.vigia.benchmarks;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What was measured on, and when: a figure without it means nothing.
 *
 * <p><b>Units and bounds.</b> {@code load} is the load average of the minute before; memory in
 * gibibytes.
 */
public record Machine(
    Instant date,
    String processor,
    int cores,
    long memoryGiB,
    String system,
    String java,
    List<String> options,
    double load) {
  public Machine {
    options = List.copyOf(options);
  }

  /** This machine now. */
  public static Machine here() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        system.getSystemLoadAverage());
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** In one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d cores, %d GiB, %s, %s %s, load before %.2f",
        date,
        processor,
        cores,
        memoryGiB,
        system,
        java,
        String.join(" ", options),
        load);
  }

  /** The same as JSON. */
  public JsonObject json() {
    return new JsonObject()
        .put("date", date.toString())
        .put("processor", processor)
        .put("cores", cores)
        .put("memory_gib", memoryGiB)
        .put("system", system)
        .put("java", java)
        .put("options", String.join(" ", options))
        .put("load_before", load);
  }
}
