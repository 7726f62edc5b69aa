package io.vigia.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** A job that counts a thousand numbers a second and takes a checkpoint every 100 ms. */
final class CountingJob {
  private CountingJob() {}

  static JobGraph counting(String checkpoints, @Nullable Path restoreFrom) {
    return graph(checkpoints, restoreFrom, CountingJob::passOn);
  }

  static JobGraph failing(String checkpoints) {
    return graph(checkpoints, null, CountingJob::fail);
  }

  private static JobGraph graph(
      String checkpoints, @Nullable Path restoreFrom, MapFunction<Long, Long> first) {
    Configuration c = new Configuration();
    c.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    c.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    c.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    c.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    c.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(c);
    env.setParallelism(1);
    env.enableCheckpointing(100);
    env.fromSource(
            new NumberSequenceSource(0, Long.MAX_VALUE),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        // In the source's own thread, so that no numbers pile up before a checkpoint's barrier.
        .map(first)
        .returns(Types.LONG)
        .keyBy(number -> number % 10, Types.LONG)
        .process(new Count(), Types.LONG)
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    JobGraph job = env.getStreamGraph().getJobGraph();
    if (restoreFrom != null) {
      job.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(restoreFrom.toString(), false, RecoveryClaimMode.CLAIM));
    }
    return job;
  }

  private static Long passOn(Long number) throws InterruptedException {
    Thread.sleep(1);
    return number;
  }

  private static Long fail(Long number) {
    throw new IllegalStateException("number " + number + " is refused");
  }

  private static final class Count extends KeyedProcessFunction<Long, Long, Long> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<Long> counted;

    @Override
    public void open(OpenContext context) {
      counted = getRuntimeContext().getState(new ValueStateDescriptor<>("n", Types.LONG));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out)
        throws IOException {
      ValueState<Long> state = Objects.requireNonNull(counted);
      Long before = state.value();
      state.update(before == null ? 1 : before + 1);
      out.collect(state.value());
    }
  }
}
