package io.vigia.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.wire.decision.RecordHeaders;
import io.vigia.wire.decision.RecordKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * A real Flink in this process that judges lists of events: each list by a job of its own, which
 * takes a checkpoint when all are judged and is then cancelled, as the process's end would do.
 */
final class ContractCluster {
  private static final long WAIT_SECONDS = 30;
  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");

  private final MiniCluster cluster;
  private final Path folder;

  private ContractCluster(MiniCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /** What a job has written and where it would go on. */
  record Stop(List<OutputRecord> records, String checkpoint) {}

  static ContractCluster start(Path folder) throws Exception {
    Configuration c = new Configuration();
    c.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    c.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
    c.set(RestOptions.BIND_PORT, "0");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(c)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    return new ContractCluster(cluster, folder);
  }

  /**
   * Judges the events one after the other.
   *
   * @param restoreFrom the checkpoint to go on from, or null to begin
   */
  Stop run(
      CompiledPipeline pipeline,
      StateStorage state,
      DiskStates.Limits limits,
      List<Event> events,
      @Nullable String restoreFrom)
      throws Exception {
    Judged judged = Judged.expecting(pipeline, events);
    JobID job =
        cluster
            .submitJob(job(pipeline, state, limits, judged, restoreFrom))
            .get(WAIT_SECONDS, TimeUnit.SECONDS)
            .getJobID();
    CompletableFuture<?> ended =
        cluster
            .requestJobResult(job)
            .thenAccept(
                result ->
                    result.getSerializedThrowable().ifPresent(judged.all()::completeExceptionally));
    judged.all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    String checkpoint = cluster.triggerCheckpoint(job).get(WAIT_SECONDS, TimeUnit.SECONDS);
    cluster.cancelJob(job).get(WAIT_SECONDS, TimeUnit.SECONDS);
    ended.get(WAIT_SECONDS, TimeUnit.SECONDS);
    return new Stop(judged.records(), checkpoint);
  }

  private JobGraph job(
      CompiledPipeline pipeline,
      StateStorage state,
      DiskStates.Limits limits,
      Judged judged,
      @Nullable String restoreFrom) {
    JobSettings settings =
        new JobSettings(
            "none:1",
            1,
            state,
            folder.resolve("checkpoints").toUri().toString(),
            Duration.ofDays(1),
            restoreFrom,
            Map.of());
    Versioned shipped = new Versioned(pipeline.definition(), 1);
    StreamExecutionEnvironment env = PipelineJob.environment(settings);
    EventListSource source = judged.source(shipped);
    PipelineJob.judged(
            env.fromSource(source, source.watermarks(), "events", new TransitType(shipped))
                .uid("events"),
            pipeline,
            shipped,
            new ListsSource(settings.bootstrapServers(), "none", List.of(), Map.of()),
            settings,
            limits)
        .map(judged.collector())
        .returns(new TransitType(shipped))
        .uid("collector")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return PipelineJob.graph(env, settings);
  }

  /** The id of the event that a record decides; null when it is no decision. */
  static @Nullable String decidedEvent(OutputRecord record) {
    boolean decides =
        record.headers().stream()
            .anyMatch(
                header ->
                    header.name().equals(RecordHeaders.KIND)
                        && header.value().equals(RecordKind.DECISION.word()));
    Matcher id = EVENT_ID.matcher(new String(record.value(), UTF_8));
    return decides && id.find() ? id.group(1) : null;
  }

  void close() throws Exception {
    cluster.close();
  }
}
