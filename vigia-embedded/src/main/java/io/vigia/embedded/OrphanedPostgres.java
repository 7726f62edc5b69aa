package io.vigia.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that was killed leaves of its PostgreSQL: the server, which lives on, and {@code
 * postmaster.pid}.
 *
 * <p>To be called only by the holder of the data folder: then whatever uses the database folder is
 * an orphan. A process is known by its working directory, which a PostgreSQL has in its database
 * folder from its start to its end; so a process that merely got the same id later is left alone.
 */
final class OrphanedPostgres {
  private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
  private static final Path PROC = Path.of("/proc");
  private static final Duration CALL_MAX = Duration.ofSeconds(10);
  private static final long KILL_MAX_MS = 3000;

  private OrphanedPostgres() {}

  /** Stops the orphan, if there is one, and removes a {@code postmaster.pid} that means nothing. */
  static void stop(PostgresPrograms programs, Path database) throws IOException {
    if (!processes(database).isEmpty()) {
      log.info("stopping the PostgreSQL that an earlier process left in {}", database);
      if (!stop(programs, database, "fast", "5") && !stop(programs, database, "immediate", "2")) {
        processes(database).forEach(OrphanedPostgres::kill);
      }
    }
    // PostgreSQL would refuse to start when the file is empty, as after a loss of power, or when
    // any
    // other process has got the id that stands there.
    Files.deleteIfExists(database.resolve("postmaster.pid"));
  }

  private static boolean stop(
      PostgresPrograms programs, Path database, String mode, String seconds) {
    programs.run(
        CALL_MAX,
        "pg_ctl",
        "stop",
        "-s",
        "-w",
        "-D",
        database.toString(),
        "-m",
        mode,
        "-t",
        seconds);
    return processes(database).isEmpty();
  }

  private static List<ProcessHandle> processes(Path database) {
    if (!Files.isDirectory(PROC)) {
      return recorded(database).filter(OrphanedPostgres::isPostgres).stream().toList();
    }
    return ProcessHandle.allProcesses()
        .filter(process -> worksIn(process, database) && isPostgres(process))
        .toList();
  }

  /** The process whose id stands in the file; it may be long gone or another program. */
  private static Optional<ProcessHandle> recorded(Path database) {
    try (Stream<String> lines = Files.lines(database.resolve("postmaster.pid"))) {
      return lines.findFirst().map(Long::parseLong).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      return Files.isSameFile(PROC.resolve(Long.toString(process.pid())).resolve("cwd"), folder);
    } catch (IOException e) {
      // It has ended, or it belongs to another user.
      return false;
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().orElse("").contains("/bin/postgres");
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(KILL_MAX_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("PostgreSQL process {} does not end", process.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
