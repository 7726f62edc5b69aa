package io.vigia.flink;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A pipeline as a Flink job: all streams' topics in, one keyed operator a stage, the rules, the
 * decisions topic out.
 *
 * <p><b>Shape.</b> At parallelism 1 everything is chained into one task, which has no hop between
 * stages and a total order; above that, rows travel to the worker of their key before each stage.
 * Operators keep their uid across both and across versions, so that state follows.
 *
 * <p>Decisions leave at once, at least once: after a crash some are written again, and whoever
 * reads keeps the first of an id.
 */
public final class PipelineJob {
  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(200);

  private PipelineJob() {}

  /** The job of a version of a pipeline, ready to be submitted. */
  public static JobGraph of(CompiledPipeline pipeline, int version, JobSettings settings) {
    Versioned shipped = new Versioned(pipeline.definition(), version);
    StreamExecutionEnvironment env = environment(settings);
    DataStream<Transit> rows =
        env.fromSource(
                source(pipeline, shipped, settings),
                EventTimes.strategy(pipeline),
                "events of " + pipeline.name(),
                new TransitType(shipped))
            .uid("events");
    judged(rows, pipeline, shipped, ListsSource.of(pipeline, settings), settings)
        .sinkTo(sink(settings))
        .name("decisions")
        .uid("decisions");
    return graph(env, settings);
  }

  /** What holds for the whole job. */
  static StreamExecutionEnvironment environment(JobSettings settings) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(settings));
    env.setParallelism(settings.parallelism());
    env.setMaxParallelism(JobSettings.MAX_PARALLELISM);
    env.setBufferTimeout(0);
    env.getConfig().setAutoWatermarkInterval(WATERMARK_INTERVAL.toMillis());
    env.enableCheckpointing(
        settings.checkpointInterval().toMillis(), CheckpointingMode.EXACTLY_ONCE);
    return env;
  }

  /** Rows through all stages and the rules: what comes out is only finished records. */
  static DataStream<Transit> judged(
      DataStream<Transit> events,
      CompiledPipeline pipeline,
      Versioned shipped,
      ListsSource lists,
      JobSettings settings) {
    return judged(events, pipeline, shipped, lists, settings, DiskStates.Limits.DEFAULT);
  }

  /** The same, holding as much of the states in memory as is said. */
  static DataStream<Transit> judged(
      DataStream<Transit> events,
      CompiledPipeline pipeline,
      Versioned shipped,
      ListsSource lists,
      JobSettings settings,
      DiskStates.Limits limits) {
    DataStream<Transit> rows = events;
    List<Stage> stages = pipeline.stages();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      StageFunction function =
          new StageFunction(shipped, i, stage.layout(), lists, settings.state(), limits);
      rows =
          keyed(rows, new StageKey(shipped, i), settings)
              .transform(
                  "stage " + stage.name(), new TransitType(shipped), new StageOperator(function))
              .uid("stage " + stage.name());
    }
    return rows.map(new DecideFunction(shipped, lists))
        .returns(new TransitType(shipped))
        .name("rules")
        .uid("rules");
  }

  /** The job of an environment, which goes on from the checkpoint of the settings. */
  static JobGraph graph(StreamExecutionEnvironment env, JobSettings settings) {
    JobGraph job = env.getStreamGraph().getJobGraph();
    String restore = settings.restoreFrom();
    if (restore != null) {
      // Not claimed: the older checkpoints stay, so that a damaged one can be passed over.
      job.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(restore, false, RecoveryClaimMode.NO_CLAIM));
    }
    return job;
  }

  private static KeyedStream<Transit, String> keyed(
      DataStream<Transit> rows, StageKey key, JobSettings settings) {
    // One worker has every key, so that nothing need travel and the operators can be chained.
    return settings.parallelism() == 1
        ? DataStreamUtils.reinterpretAsKeyedStream(rows, key, Types.STRING)
        : rows.keyBy(key, Types.STRING);
  }

  private static Configuration configuration(JobSettings settings) {
    Configuration c = new Configuration();
    switch (settings.state()) {
      case HEAP -> c.set(StateBackendOptions.STATE_BACKEND, "hashmap");
      case ROCKSDB -> RocksDb.configure(c);
    }
    c.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    c.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, settings.checkpointFolder());
    c.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    c.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    c.set(PipelineOptions.OBJECT_REUSE, true);
    c.set(PipelineOptions.GENERIC_TYPES, false);
    return c;
  }

  private static Source<Transit, ?, ?> source(
      CompiledPipeline pipeline, Versioned shipped, JobSettings settings) {
    KafkaSourceBuilder<Transit> builder =
        KafkaSource.<Transit>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setTopics(EventSource.topicsOf(pipeline))
            .setGroupId("vigia." + pipeline.name())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new EventSource(shipped));
    settings.kafka().forEach(builder::setProperty);
    KafkaSource<Transit> kafka = builder.build();
    return pipeline.hasTimers()
        ? new TimedSource(
            kafka,
            pipeline.streams().stream()
                .filter(pipeline::isTimed)
                .map(pipeline::topicOf)
                .collect(Collectors.toUnmodifiableSet()))
        : kafka;
  }

  private static KafkaSink<Transit> sink(JobSettings settings) {
    KafkaSinkBuilder<Transit> builder =
        KafkaSink.<Transit>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setRecordSerializer(new OutputSerializer())
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setProperty("linger.ms", "0")
            .setProperty("acks", "all");
    settings.kafka().forEach(builder::setProperty);
    return builder.build();
  }
}
