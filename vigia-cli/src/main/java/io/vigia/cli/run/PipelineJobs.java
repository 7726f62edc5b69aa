package io.vigia.cli.run;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.embedded.Checkpoints;
import io.vigia.embedded.EmbeddedFlink;
import io.vigia.embedded.JobHealth;
import io.vigia.flink.JobSettings;
import io.vigia.flink.PipelineJob;
import io.vigia.flink.StateStorage;
import io.vigia.server.health.HealthSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;

/**
 * The Flink jobs of a run: each goes on from the newest checkpoint that can be restored, as long as
 * what shapes its state has not changed.
 *
 * <p>A pipeline whose features changed has another state signature and so another folder of
 * checkpoints: it starts without state from the earliest retained event. First decision wins makes
 * the replay harmless.
 */
final class PipelineJobs implements HealthSource {
  /**
   * A checkpoint writes the whole state, and what came after it is replayed at a start many times
   * faster than it came. Every second it would touch one answer in a hundred.
   */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  private static final Duration START_MAX = Duration.ofSeconds(30);

  private final EmbeddedFlink flink;
  private final String bootstrapServers;
  private final int parallelism;
  private final StateStorage state;
  private final RunListener listener;
  private final Map<String, JobID> jobs = new ConcurrentHashMap<>();

  PipelineJobs(
      EmbeddedFlink flink,
      String bootstrapServers,
      int parallelism,
      StateStorage state,
      RunListener listener) {
    this.flink = flink;
    this.bootstrapServers = bootstrapServers;
    this.parallelism = parallelism;
    this.state = state;
    this.listener = listener;
  }

  /** Submits a pipeline's job and returns when all its tasks run. */
  void start(CompiledPipeline pipeline, int version) {
    Checkpoints checkpoints = checkpoints(pipeline, state);
    if (!checkpoints.exist()) {
      refuseOtherStorage(pipeline);
    }
    List<Path> candidates =
        checkpoints.newestFirst().limit(EmbeddedFlink.CHECKPOINTS_RETAINED).toList();
    for (Path candidate : candidates) {
      if (tryStart(pipeline, version, checkpoints, candidate)) {
        return;
      }
      listener.note(
          "checkpoint " + candidate.getFileName() + " cannot be restored, taking the one before");
    }
    JobID job = flink.submit(jobGraph(pipeline, version, checkpoints, null));
    flink.awaitRunning(job, START_MAX);
    jobs.put(pipeline.name(), job);
  }

  /** Checkpoints of one storage cannot be read by the other, so each has a folder of its own. */
  private Checkpoints checkpoints(CompiledPipeline pipeline, StateStorage of) {
    String name = pipeline.name() + "." + pipeline.stateSignature();
    return flink.checkpoints(of == StateStorage.HEAP ? name : name + "." + of.word());
  }

  /** A history that was kept elsewhere is not to be forgotten by a word on the command line. */
  private void refuseOtherStorage(CompiledPipeline pipeline) {
    for (StateStorage other : StateStorage.values()) {
      Checkpoints there = checkpoints(pipeline, other);
      if (there.exist()) {
        throw new EnvironmentException(
            "pipeline %s: its state is kept with --state %s, and --state %s cannot read it"
                .formatted(pipeline.name(), other.word(), state.word()),
            ("start with --state %s; or remove %s, and the state is made again from the events that"
                    + " Kafka still has")
                .formatted(other.word(), there.folder()));
      }
    }
  }

  private boolean tryStart(
      CompiledPipeline pipeline, int version, Checkpoints checkpoints, Path restoreFrom) {
    JobID job = flink.submit(jobGraph(pipeline, version, checkpoints, "file://" + restoreFrom));
    try {
      flink.awaitRunning(job, START_MAX);
      jobs.put(pipeline.name(), job);
      return true;
    } catch (EnvironmentException e) {
      flink.stop(job);
      return false;
    }
  }

  private JobGraph jobGraph(
      CompiledPipeline pipeline,
      int version,
      Checkpoints checkpoints,
      @Nullable String restoreFrom) {
    return PipelineJob.of(
        pipeline,
        version,
        new JobSettings(
            bootstrapServers,
            parallelism,
            state,
            checkpoints.directory(),
            CHECKPOINT_INTERVAL,
            restoreFrom,
            Map.of()));
  }

  @Override
  public List<PartHealth> parts() {
    List<PartHealth> parts = new ArrayList<>();
    new LinkedHashMap<>(jobs)
        .forEach(
            (pipeline, job) -> {
              JobHealth health = flink.health(job);
              parts.add(
                  new PartHealth("processor " + pipeline, health.isRunning(), health.summary()));
            });
    return parts;
  }
}
