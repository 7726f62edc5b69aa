package io.vigia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no server, as processes of their own from the assembled lib folder. */
final class CommandIT {
  private static final List<String> HEAVY =
      List.of(
          "org.apache.kafka.",
          "org.apache.flink.",
          "org.apache.logging.",
          "io.vertx.",
          "io.netty.",
          "org.postgresql.",
          "io.vigia.server.",
          "io.vigia.flink.",
          "io.vigia.embedded.");

  @TempDir Path folder;

  private record Ended(int exit, String out, String err) {
    Ended exits(int expected) {
      assertEquals(expected, exit, () -> "out:\n" + out + "\nerr:\n" + err);
      return this;
    }
  }

  private Ended vigia(List<String> options, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("vigia.lib") + "/*");
    command.add("io.vigia.cli.Main");
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Ended vigia(String... args) throws IOException, InterruptedException {
    return vigia(List.of(), args);
  }

  /** The object on the last line, which is all that a script looks at. */
  private static JsonNode json(Ended ended) throws IOException {
    List<String> lines = ended.out.lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  @Test
  void firstSteps_asWritten_work() throws IOException, InterruptedException {
    vigia("init", "minimal", "first").exits(0);
    vigia("validate", "first/pipeline.yaml").exits(0);
    assertTrue(vigia("test", "first/pipeline.yaml").exits(0).out.contains("1 test passed"));
    Ended backtest =
        vigia(
                "backtest",
                "first/pipeline.yaml",
                "--events",
                "payments=first/payments.csv",
                "--label",
                "fraud",
                "--json")
            .exits(0);
    assertEquals(14, json(backtest).path("events").asInt());
    vigia("init", "fraud", "my-fraud").exits(0);
    vigia("validate", "my-fraud/pipeline.yaml").exits(0);
  }

  @Test
  void validate_wrongFile_endsWithOneAndKeepsUtf8() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("p.yaml"), "vigia: 1\npipeline: vigía\nstreams: {}\n");
    Ended ended = vigia("validate", "p.yaml").exits(1);
    assertEquals("", ended.out);
    assertTrue(ended.err.contains("vigía"), ended.err);
    assertFalse(ended.err.contains("\u001b"), ended.err);
  }

  @Test
  void send_nobodyThere_endsWithTwoWithoutAStackTrace() throws IOException, InterruptedException {
    vigia("init", "minimal", "first").exits(0);
    Ended ended =
        vigia(
                "send",
                "payments",
                "first/payments.csv",
                "--to",
                "http://127.0.0.1:1",
                "--retry-for",
                "300ms",
                "--json")
            .exits(2);
    assertTrue(ended.err.contains("connection refused"), ended.err);
    assertFalse(ended.err.contains("\tat "), ended.err);
  }

  @Test
  void lightCommands_start_loadNoServer() throws IOException, InterruptedException {
    vigia("init", "minimal", "first").exits(0);
    Ended ended =
        vigia(List.of("-Xlog:class+load:stderr"), "validate", "first/pipeline.yaml").exits(0);
    String heavy =
        ended
            .err
            .lines()
            .filter(line -> HEAVY.stream().anyMatch(line::contains))
            .limit(5)
            .collect(Collectors.joining("\n"));
    assertEquals("", heavy);
  }
}
