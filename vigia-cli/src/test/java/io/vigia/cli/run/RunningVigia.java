package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.cli.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, run from the assembled lib folder as a user runs it. */
final class RunningVigia implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path output;
  private final int port;

  private RunningVigia(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** Starts {@code vigia <args>} with {@code --port}, and returns at once. */
  static RunningVigia start(Path folder, int port, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-cp");
    command.add(System.getProperty("vigia.lib") + "/*");
    command.add("io.vigia.cli.Main");
    command.addAll(List.of(args));
    command.add("--port");
    command.add(Integer.toString(port));
    Path output = Files.createTempFile(folder, "vigia", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new RunningVigia(process, output, port);
  }

  /** Starts {@code vigia run} of a file, with its data below the folder. */
  static RunningVigia run(Path folder, Path file, int port, String... options) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("run", file.toString(), "--data", folder.resolve("data").toString()));
    args.addAll(List.of(options));
    return start(folder, port, args.toArray(String[]::new));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Returns when it says that it is ready. */
  RunningVigia awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_MAX.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new AssertionError("it ended:\n" + output());
      }
      if (status("/readyz") == 200) {
        return this;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("not ready after " + READY_MAX + ":\n" + output());
  }

  private int status(String path) throws InterruptedException {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create(url() + path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The outcome of an event, once it has passed all stages. */
  String outcome(String stream, String event) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/v1/streams/" + stream + "/decide", event);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body()).path("outcome").asText();
  }

  /** A figure of its first pipeline, as {@code /v1/stats} has it. */
  long statistic(String name) throws IOException, InterruptedException {
    JsonNode stats = JSON.readTree(get("/v1/stats").body());
    return stats.path("pipelines").path(0).path(name).asLong(-1);
  }

  /** Sends a file to it, while it may be killed and come back at the same port. */
  CompletableFuture<Call> sending(String stream, Path events) {
    return CompletableFuture.supplyAsync(
        () ->
            Call.vigia(
                "send",
                stream,
                events.toString(),
                "--rate",
                "1500",
                "--to",
                url(),
                "--data",
                events.resolveSibling("sender").toString(),
                "--json"));
  }

  /**
   * Fails unless it decided as a replay of what was sent.
   *
   * @param words the events, {@code --events payments=…}, and how to compare
   */
  void assertDecidedAsReplayed(int events, Path file, String... words) {
    List<String> args =
        new ArrayList<>(List.of("backtest", file.toString(), "--verify", url(), "--json"));
    args.addAll(List.of(words));
    JsonNode verified = Call.vigia(args.toArray(String[]::new)).exits(0).json();
    assertEquals(events, verified.path("events").asInt(), verified.toString());
  }

  /** Without mercy, as the kernel does it when memory is short. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to end, and returns how long that took. */
  Duration terminate() throws InterruptedException {
    long from = System.nanoTime();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end on SIGTERM");
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
