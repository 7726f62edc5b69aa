package io.vigia.benchmarks.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The load process as seen by the one that is measured.
 *
 * <p>A process of its own, so that its compiler threads, garbage and pauses are not those of what
 * is measured, and the processor time of either is known; they still share the processors. Its heap
 * is so large that it collects nothing while it measures.
 *
 * <p>Used by one thread.
 */
public final class LoadProcess implements AutoCloseable {
  private static final List<String> JVM_OPTIONS =
      List.of("-Xms1g", "-Xmx1g", "-Xmn700m", "-XX:+UseSerialGC", "-Xshare:auto");

  private final Process process;
  private final BufferedWriter tasks;
  private final BufferedReader results;

  private LoadProcess(Process process) {
    this.process = process;
    this.tasks = process.outputWriter(StandardCharsets.UTF_8);
    this.results = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it. */
  public static LoadProcess start() {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadMain.class.getName()));
    try {
      return new LoadProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("the load process does not start", e);
    }
  }

  /**
   * Sends payments and returns when all are answered.
   *
   * @param rate requests a second
   * @param first the number of the first payment
   */
  public LoadResult run(int port, String path, int rate, int seconds, long first) {
    try {
      tasks.write(new LoadTask("127.0.0.1", port, path, rate, seconds, first).line());
      tasks.newLine();
      tasks.flush();
      String line = results.readLine();
      if (line == null) {
        throw new IllegalStateException("the load process has ended");
      }
      return LoadResult.parse(line);
    } catch (IOException e) {
      throw new UncheckedIOException("the load process has ended", e);
    }
  }

  /** The processor time that it has used. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    try {
      tasks.close();
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
