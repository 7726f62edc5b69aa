package io.vigia.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.Call;
import io.vigia.cli.demo.PaymentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the fraud example with its state in RocksDB, kills it, and changes where the state is. */
class StateStorageIT {
  private static final Path PIPELINE = Path.of("..", "examples", "fraud", "pipeline.yaml");
  private static final int PAYMENTS = 12_000;
  private static final long WAIT_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void run_stateInRocksDbKilledDuringLoad_decidesEveryEventOnceAndAsTheReplay() throws Exception {
    Path payments = folder.resolve("payments.ndjson");
    PaymentFile.write(payments, PAYMENTS, 200, 11, Instant.now());
    int port = RunningVigia.freePort();
    RunningVigia running = run(port, "rocksdb").awaitReady();
    CompletableFuture<Call> sending = running.sending("payments", payments);
    try {
      awaitCheckpoint(".rocksdb");
      running.kill();
      running = run(port, "rocksdb").awaitReady();
      sending.get(WAIT_SECONDS, TimeUnit.SECONDS).exits(0);
      running.assertDecidedAsReplayed(
          PAYMENTS, PIPELINE, "--events", "payments=" + payments, "--exact");
    } finally {
      running.close();
    }
  }

  @Test
  void run_stateKeptElsewhere_isRefusedWithTheWayOut() throws Exception {
    try (RunningVigia first = run(RunningVigia.freePort(), "heap").awaitReady()) {
      awaitCheckpoint("");
      first.terminate();
    }
    try (RunningVigia second = run(RunningVigia.freePort(), "rocksdb")) {
      assertEquals(2, second.exitCode(), second.output());
      assertTrue(
          second
              .output()
              .contains("its state is kept with --state heap, and --state rocksdb cannot read it"),
          second.output());
      assertTrue(second.output().contains("start with --state heap; or remove "), second.output());
    }
    try (RunningVigia third = run(RunningVigia.freePort(), "heap")) {
      third.awaitReady();
    }
  }

  private RunningVigia run(int port, String state) throws Exception {
    return RunningVigia.run(folder, PIPELINE, port, "--partitions", "1", "--state", state);
  }

  /** Waits for a complete checkpoint in a folder of that ending. */
  private void awaitCheckpoint(String ending) throws Exception {
    Path checkpoints = folder.resolve("data").resolve("flink").resolve("checkpoints");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!hasCheckpoint(checkpoints, ending)) {
      assertTrue(System.nanoTime() < deadline, "no checkpoint in " + checkpoints);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean hasCheckpoint(Path checkpoints, String ending) {
    try (Stream<Path> files = Files.walk(checkpoints)) {
      return files.anyMatch(
          file ->
              file.endsWith("_metadata")
                  && checkpoints.relativize(file).getName(0).toString().endsWith(ending));
    } catch (IOException | UncheckedIOException e) {
      // Flink writes and removes while it is looked at.
      return false;
    }
  }
}
