package io.vigia.benchmarks.decide;

import io.vigia.benchmarks.echo.EchoServer;
import io.vigia.benchmarks.load.LoadProcess;
import io.vigia.benchmarks.load.LoadResult;
import io.vigia.benchmarks.payments.W1;
import io.vigia.cli.run.Launcher;
import io.vigia.cli.run.LoadedPipeline;
import io.vigia.cli.run.RunListener;
import io.vigia.cli.run.RunSettings;
import io.vigia.server.live.PipelineStatistics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Everything that runs while {@code decide} is measured: the product as {@code vigia run} starts
 * it, the echo beside it on the same Kafka, and the process that sends.
 */
final class DecideBench implements AutoCloseable {
  /**
   * Between two runs, so that what one leaves behind (stored decisions, garbage) is not the next
   * one's.
   */
  private static final long PAUSE_MS = 1_000;

  private final W1 workload = W1.load();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final PrintStream log;
  private final Path data;
  private final Launcher launcher;
  private final LoadProcess load;
  private final Contender decider;
  private final Contender echoer;

  /**
   * Starts all of it and fills the windows.
   *
   * @param history how many payments come before the first that is measured
   */
  DecideBench(int partitions, int parallelism, long history, PrintStream log)
      throws IOException, InterruptedException {
    this.log = log;
    // Whatever ends this process: nothing of what was started may live on.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-stop"));
    // Not in the system's folder for such files, which may be memory: the database waits for its
    // disk.
    data = Files.createTempDirectory(Files.createDirectories(Path.of(".vigia")), "bench");
    parts.push(this::deleteData);
    int port = freePort();
    launcher =
        opened(
            Launcher.start(
                List.of(new LoadedPipeline(Path.of(W1.FILE), workload.file(), workload.pipeline())),
                RunSettings.in(data).withPort(port).withScale(partitions, parallelism),
                new Quiet(log),
                failure -> log.println(failure.getMessage())));
    int echoPort = freePort();
    opened(EchoServer.start(launcher.bootstrapServers(), echoPort));
    decider =
        new Contender(
            "decide", port, "/v1/streams/" + W1.STREAM + "/decide", new AtomicLong(history));
    echoer = new Contender("echo", echoPort, "/", new AtomicLong(history));
    load = opened(LoadProcess.start());
    History.fill(
        launcher.server(),
        launcher.bootstrapServers(),
        workload.pipeline().topicOf(workload.stream()),
        history);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  Contender decider() {
    return decider;
  }

  Contender echoer() {
    return echoer;
  }

  /** Sends one of the two a load and measures. */
  Repetition run(Contender contender, int rate, int seconds) throws InterruptedException {
    Thread.sleep(PAUSE_MS);
    History.awaitStored(launcher.server(), decider.next().get());
    CpuTimes before = CpuTimes.now(data, load);
    LoadResult result =
        load.run(contender.port(), contender.path(), rate, seconds, contender.take(rate * seconds));
    return new Repetition(result, CpuTimes.now(data, load).since(before));
  }

  /** What is wrong with the decisions of the whole run; empty when each payment has exactly one. */
  String faults() throws InterruptedException {
    History.awaitStored(launcher.server(), decider.next().get());
    PipelineStatistics now = History.statistics(launcher.server());
    long duplicates = launcher.server().duplicates(workload.pipeline().name());
    boolean good =
        now.decisions() == decider.next().get()
            && duplicates + now.conflicts() + now.repeats() + now.deadLetters() == 0;
    return good
        ? ""
        : "%d payments, %d decisions, %d duplicates, %d conflicts, %d repeats, %d dead letters"
            .formatted(
                decider.next().get(),
                now.decisions(),
                duplicates,
                now.conflicts(),
                now.repeats(),
                now.deadLetters());
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        log.println("could not be stopped cleanly: " + e.getMessage());
      }
    }
  }

  private void deleteData() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Says only what went wrong. */
  private record Quiet(PrintStream log) implements RunListener {
    @Override
    public void starting(String part) {}

    @Override
    public void ready(String part, long millis) {}

    @Override
    public void note(String line) {
      log.println(line);
    }
  }
}
