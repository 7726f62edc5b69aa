package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;

/**
 * A real Flink, job manager and one task manager, inside this process.
 *
 * <p><b>Shape.</b> Jobs go in as {@link JobGraph}s, {@link JobHealth} comes out. A job keeps its
 * checkpoints as {@link #checkpoints} says; the newest {@value #CHECKPOINTS_RETAINED} stay, also
 * when the job is stopped.
 *
 * <p><b>Errors.</b> A cluster that does not start and a job that does not run are {@link
 * EnvironmentException}s.
 */
public final class EmbeddedFlink implements AutoCloseable {
  /** How many checkpoints of a job are kept, so that a damaged one has a predecessor. */
  public static final int CHECKPOINTS_RETAINED = 3;

  /** What RocksDB gets in each slot for what it has read and what it has not yet written. */
  private static final int ROCKSDB_MIB = 128;

  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration JOB_STOP_MAX = Duration.ofMillis(1300);
  private static final Duration STOP_MAX = Duration.ofMillis(1700);
  private static final long POLL_MS = 10;

  private final MiniCluster cluster;
  private final Path folder;
  private final CheckpointWatch watch = new CheckpointWatch();
  private final Map<String, Checkpoints> watched = new ConcurrentHashMap<>();

  private EmbeddedFlink(MiniCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /**
   * Starts Flink in {@code data} with {@code slots} places for parallel tasks.
   *
   * @param stateOnDisk whether each slot gets {@value #ROCKSDB_MIB} MiB for RocksDB, outside the
   *     heap and used as it is needed
   */
  public static EmbeddedFlink start(DataFolder data, int slots, boolean stateOnDisk) {
    NativeLibraries.unpackIn(data.tmp());
    MiniClusterConfiguration configuration =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration(data, slots, stateOnDisk))
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(slots)
            .setRpcServiceSharing(RpcServiceSharing.SHARED)
            .build();
    MiniCluster cluster = new MiniCluster(configuration);
    try {
      cluster.start();
    } catch (Exception e) {
      throw new EnvironmentException(
          "Flink could not start in %s: %s".formatted(data.flink(), Reasons.of(e)),
          "look into log/vigia.log in the data folder",
          e);
    }
    return new EmbeddedFlink(cluster, data.flink());
  }

  /**
   * The checkpoints of the pipeline called {@code name}, of this and of earlier starts, without
   * what an end without mercy left there. Its job has to write them to {@link
   * Checkpoints#directory()}.
   */
  public Checkpoints checkpoints(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException("name of checkpoints: got " + name);
    }
    return watched.computeIfAbsent(
        name,
        absent -> {
          Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints").resolve(name));
          checkpoints.prune();
          watch.watch(checkpoints);
          return checkpoints;
        });
  }

  /** Hands the job over; it runs a little later, see {@link #awaitRunning}. */
  public JobID submit(JobGraph job) {
    JobID id = answer(cluster.submitJob(job)).getJobID();
    watch.watch(id);
    return id;
  }

  /** Returns as soon as every task of the job runs, or throws with what keeps it from running. */
  public void awaitRunning(JobID job, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      JobHealth health = health(job);
      if (health.isRunning()) {
        return;
      }
      if (health.status().isGloballyTerminalState() || System.nanoTime() - deadline > 0) {
        throw new EnvironmentException(
            "the job %s: %s".formatted(health.name(), health.summary()),
            "look into log/vigia.log in the data folder, then start again");
      }
      sleep();
    }
  }

  /** How the job stands now. */
  public JobHealth health(JobID job) {
    return JobHealth.of(answer(cluster.getExecutionGraphInfo(job)));
  }

  /**
   * Cancels the job and waits until its tasks have ended. Its retained checkpoints stay, from which
   * the next start continues; what came after the last of them is read from the log once more.
   */
  public void stop(JobID job) {
    Bounded.run("stop-job", JOB_STOP_MAX, () -> cancel(job));
  }

  /** Stops all jobs, then Flink. */
  @Override
  public void close() {
    Bounded.run(
        "stop-jobs",
        JOB_STOP_MAX,
        () -> {
          for (JobID job : runningJobs()) {
            cancel(job);
          }
        });
    watch.close();
    Bounded.run("stop-flink", STOP_MAX, () -> cluster.closeAsync().get());
  }

  private void cancel(JobID job) throws InterruptedException, ExecutionException {
    cluster.cancelJob(job).get();
    while (!cluster.getJobStatus(job).get().isGloballyTerminalState()) {
      sleep();
    }
    watch.release(job);
  }

  private List<JobID> runningJobs() {
    if (!cluster.isRunning()) {
      return List.of();
    }
    Collection<JobStatusMessage> jobs = answer(cluster.listJobs());
    return jobs.stream()
        .filter(job -> !job.getJobState().isGloballyTerminalState())
        .map(JobStatusMessage::getJobId)
        .toList();
  }

  private static Configuration configuration(DataFolder data, int slots, boolean stateOnDisk) {
    Configuration c = new Configuration();
    c.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    c.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE,
        MemorySize.ofMebiBytes(stateOnDisk ? (long) slots * ROCKSDB_MIB : 8));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    // In a MiniCluster these two are book-keeping only; the limit is the process's own heap.
    c.set(TaskManagerOptions.TASK_HEAP_MEMORY, MemorySize.ofMebiBytes(256));
    c.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.ofMebiBytes(64));
    c.set(CoreOptions.TMP_DIRS, data.tmp().toString());
    c.set(WebOptions.TMP_DIR, data.tmp().toString());
    c.set(WebOptions.UPLOAD_DIR, data.tmp().toString());
    c.set(RestOptions.BIND_PORT, "0");
    c.set(RestOptions.PORT, 0);
    c.set(RestOptions.BIND_ADDRESS, LoopbackPorts.HOST);
    c.set(RestOptions.ADDRESS, LoopbackPorts.HOST);
    c.set(JobManagerOptions.ADDRESS, LoopbackPorts.HOST);
    c.set(JobManagerOptions.BIND_HOST, LoopbackPorts.HOST);
    c.set(TaskManagerOptions.HOST, LoopbackPorts.HOST);
    c.set(TaskManagerOptions.BIND_HOST, LoopbackPorts.HOST);
    c.set(WebOptions.SUBMIT_ENABLE, false);
    c.set(WebOptions.CANCEL_ENABLE, false);
    // Flink reads this one from the cluster, not from the job.
    c.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, CHECKPOINTS_RETAINED);
    return c;
  }

  private static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new EnvironmentException(
          "Flink refused: " + Reasons.of(e),
          "look into log/vigia.log in the data folder, then start again",
          e);
    } catch (TimeoutException e) {
      throw new EnvironmentException(
          "Flink did not answer within %d s".formatted(ANSWER_MAX.toSeconds()),
          "look at the load of this machine, then start again",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while waiting for Flink", "start again", e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while waiting for Flink", "start again", e);
    }
  }
}
