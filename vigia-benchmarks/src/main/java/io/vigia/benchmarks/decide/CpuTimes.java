package io.vigia.benchmarks.decide;

import io.vigia.benchmarks.load.LoadProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Processor time used up to a moment, or between two.
 *
 * <p><b>Shape.</b> {@code server} is this process: gateway, Kafka, Flink and echo; {@code postgres}
 * the database and its backends; {@code load} the process that sends; {@code all} the whole
 * machine, zero where that cannot be told.
 */
record CpuTimes(Duration server, Duration postgres, Duration load, Duration all, long atNanos) {
  /** Linux counts in hundredths of a second, whatever its clock. */
  private static final long TICK_MS = 10;

  private static final Path MACHINE = Path.of("/proc/stat");

  /**
   * Columns 4 and 5 are idle and waiting for the disk; the last two are contained in the first two.
   */
  private static final int IDLE = 4;

  private static final int WAITING = 5;
  private static final int COLUMNS = 9;

  /**
   * The times used until now.
   *
   * @param data the data folder of the run
   */
  static CpuTimes now(Path data, LoadProcess load) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new CpuTimes(
        Duration.ofNanos(system.getProcessCpuTime()),
        ofPostgres(data),
        load.cpuTime(),
        ofMachine(),
        System.nanoTime());
  }

  CpuTimes since(CpuTimes earlier) {
    return new CpuTimes(
        server.minus(earlier.server),
        postgres.minus(earlier.postgres),
        load.minus(earlier.load),
        all.minus(earlier.all),
        atNanos - earlier.atNanos);
  }

  /** How many processors were busy with something else; not a number where that cannot be told. */
  double coresOfOthers() {
    long others = all.minus(server).minus(postgres).minus(load).toNanos();
    return all.isZero() ? Double.NaN : Math.max(0.0, others / (double) atNanos);
  }

  private static Duration ofPostgres(Path data) {
    try (Stream<String> lines =
        Files.lines(data.resolve("postgres").resolve("data").resolve("postmaster.pid"))) {
      return lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .map(CpuTimes::ofTree)
          .orElse(Duration.ZERO);
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }

  private static Duration ofTree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration ofMachine() {
    try (Stream<String> lines = Files.lines(MACHINE)) {
      String[] columns = lines.findFirst().orElse("").split("\\s+", -1);
      if (columns.length < COLUMNS) {
        return Duration.ZERO;
      }
      long ticks =
          Arrays.stream(columns, 1, COLUMNS).mapToLong(Long::parseLong).sum()
              - Long.parseLong(columns[IDLE])
              - Long.parseLong(columns[WAITING]);
      return Duration.ofMillis(ticks * TICK_MS);
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }
}
