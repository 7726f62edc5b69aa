package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Calls PostgreSQL's programs.
 *
 * <p>They refuse to run as the super-user; then they are called in a user namespace of their own,
 * where the super-user's files are theirs and they are nobody.
 */
final class PostgresPrograms {
  private static final List<String> NAMESPACE = List.of("unshare", "--user");
  private static final Duration PROBE_MAX = Duration.ofSeconds(5);

  private final Path binaries;
  private final Path tmp;
  private final List<String> prefix;

  PostgresPrograms(Path binaries, DataFolder data) {
    this.binaries = binaries;
    this.tmp = data.tmp();
    this.prefix = data.isRoot() ? NAMESPACE : List.of();
    if (!prefix.isEmpty()) {
      checkNamespace();
    }
  }

  /** How a call ended. */
  record Outcome(int exitCode, String output) {
    boolean ok() {
      return exitCode == 0;
    }
  }

  Outcome run(Duration max, String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return call(max, command);
  }

  private void checkNamespace() {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    Outcome outcome = call(PROBE_MAX, command);
    if (!outcome.ok()) {
      throw new EnvironmentException(
          "PostgreSQL does not run as root, and user namespaces are not permitted here: "
              + Reasons.line(outcome.output()),
          "start Vigia as another user, or give a PostgreSQL with --postgres jdbc:postgresql://…");
    }
  }

  private Outcome call(Duration max, List<String> command) {
    Path output = tmp.resolve("call-" + System.nanoTime());
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      // PGPORT, PGDATA and the like of the user's own PostgreSQL are not for this one.
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("TZ", "UTC");
      builder.directory(tmp.toFile());
      // A file, not a pipe: a server that was started would hold the pipe open.
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Outcome(-1, "no answer within %d s".formatted(max.toSeconds()));
      }
      return new Outcome(
          process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return new Outcome(-1, Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, "interrupted");
    } finally {
      Folders.delete(output);
    }
  }
}
