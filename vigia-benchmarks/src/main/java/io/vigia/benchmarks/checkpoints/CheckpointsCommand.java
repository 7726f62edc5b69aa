package io.vigia.benchmarks.checkpoints;

import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.JobFolder;
import io.vigia.benchmarks.Machine;
import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.embedded.DataFolder;
import io.vigia.embedded.EmbeddedFlink;
import io.vigia.flink.FedJob;
import io.vigia.flink.JobSettings;
import io.vigia.flink.StateStorage;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench checkpoints}: what a checkpoint does to the answers of a job under load. */
@Command(
    name = "checkpoints",
    header = "Measures a job under load while checkpoints are taken, with and without a hot key.",
    description = {
      "Stages, rules, state and checkpoints of a job of one thread; events are made and decisions"
          + " looked at in the process. The history of a million events in 30 days is one key's,"
          + " or that of 20,000 keys. Then payments come on schedule, one in ten of that history's"
          + " keys; latency counts from the time at which they are due.",
      "",
      "A figure is void unless checkpoints were completed while it was measured and none failed;"
          + " then the exit code is 1."
    })
public final class CheckpointsCommand implements Callable<Integer> {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final double NANOS_PER_MS = 1e6;
  private static final long FILL_SECONDS_MAX = 240;

  @Option(names = "--rate", description = "Payments a second. Default: ${DEFAULT-VALUE}")
  double rate = 2_000;

  @Option(names = "--history", description = "Events of the history. Default: ${DEFAULT-VALUE}")
  long history = 1_000_000;

  @Option(names = "--seconds", description = "Length of each run. Default: ${DEFAULT-VALUE}")
  double seconds = 60;

  @Option(names = "--warmup", description = "Seconds before each. Default: ${DEFAULT-VALUE}")
  double warmup = 20;

  @Option(names = "--short", description = "Short runs: a look, no figure.")
  boolean isShort;

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (isShort) {
      seconds = Math.min(seconds, 15);
      warmup = Math.min(warmup, 8);
    }
    PrintStream text = json ? System.err : System.out;
    Machine machine = Machine.here();
    text.println(machine.text());
    text.printf(
        "%-10s %-10s %8s %8s %8s %8s  %s%n",
        "state", "history", "p50 ms", "p99 ms", "p99.9", "max", "checkpoints, bytes of the last");
    JsonObject result = new JsonObject();
    boolean valid = true;
    for (StateStorage state : StateStorage.values()) {
      JsonObject spread = run(state, false, text);
      JsonObject hot = run(state, true, text);
      result.put(state.word(), new JsonObject().put("spread", spread).put("hot", hot));
      result.put(
          state.word() + "_p99_hot_over_spread",
          Math.round(100 * hot.getDouble("p99_ms") / spread.getDouble("p99_ms")) / 100.0);
      valid &= isValid(spread) && isValid(hot);
    }
    if (!valid) {
      text.println("VOID: a checkpoint failed, or none was completed");
    }
    if (json) {
      result
          .put("rate", rate)
          .put("history", history)
          .put("seconds", seconds)
          .put("machine", machine.json());
      System.out.println(result.encode());
    }
    return valid ? 0 : 1;
  }

  private static boolean isValid(JsonObject run) {
    return run.getLong("checkpoints") > 0 && run.getLong("checkpoints_failed") == 0;
  }

  private JsonObject run(StateStorage state, boolean hot, PrintStream text)
      throws IOException, InterruptedException {
    CompiledPipeline pipeline =
        PipelineText.compile(
            "checkpoints.yaml", PipelineText.beside(CheckpointsCommand.class, "checkpoints.yaml"));
    LoadFeed feed = new LoadFeed(pipeline.streams().get(0), hot, history, rate, warmup, seconds);
    try (JobFolder folder = JobFolder.create();
        DataFolder data = DataFolder.open(folder.data());
        EmbeddedFlink flink = EmbeddedFlink.start(data, 1, state == StateStorage.ROCKSDB)) {
      JobSettings settings =
          new JobSettings(
              "none:1", 1, state, "file://" + folder.checkpoints(), INTERVAL, null, Map.of());
      JobID job = flink.submit(FedJob.of(pipeline, settings, feed));
      flink.awaitRunning(job, START_MAX);
      long until = (long) (warmup + seconds) + 60;
      if (!feed.awaitFilled(FILL_SECONDS_MAX)) {
        throw new IllegalStateException("history: not filled after " + FILL_SECONDS_MAX + " s");
      }
      long before = flink.health(job).checkpointsCompleted();
      if (!feed.awaitDone(until)) {
        throw new IllegalStateException("load: not done after " + until + " s");
      }
      JsonObject found =
          figures(feed.latency())
              .put("checkpoints", flink.health(job).checkpointsCompleted() - before)
              .put("checkpoints_failed", flink.health(job).checkpointsFailed())
              .put("checkpoint_bytes", folder.newestCheckpointBytes());
      flink.stop(job);
      print(state, hot, found, text);
      return found;
    }
  }

  private static JsonObject figures(Histogram latency) {
    return new JsonObject()
        .put("p50_ms", ms(latency.getValueAtPercentile(50)))
        .put("p99_ms", ms(latency.getValueAtPercentile(99)))
        .put("p999_ms", ms(latency.getValueAtPercentile(99.9)))
        .put("max_ms", ms(latency.getMaxValue()))
        .put("events", latency.getTotalCount());
  }

  private static double ms(long nanos) {
    return Math.round(nanos / NANOS_PER_MS * 1_000) / 1_000.0;
  }

  private static void print(StateStorage state, boolean hot, JsonObject found, PrintStream text) {
    text.printf(
        Locale.ROOT,
        "%-10s %-10s %8.3f %8.3f %8.2f %8.2f  %d, %,d%n",
        state.word(),
        hot ? "one key" : "spread",
        found.getDouble("p50_ms"),
        found.getDouble("p99_ms"),
        found.getDouble("p999_ms"),
        found.getDouble("max_ms"),
        found.getLong("checkpoints"),
        found.getLong("checkpoint_bytes"));
  }
}
