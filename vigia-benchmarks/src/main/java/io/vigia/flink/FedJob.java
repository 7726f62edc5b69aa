package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline's job as it runs in production, but for its ends: events are made in this process and
 * what comes out is looked at here, so that what is measured is stages, rules, state and
 * checkpoints.
 */
public final class FedJob {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Map<Integer, Feed> FEEDS = new ConcurrentHashMap<>();

  private FedJob() {}

  /** What goes in and what comes out, on the one thread of the job. */
  public interface Feed {
    /** The next event; waits until it is due. */
    Event next() throws InterruptedException;

    /** A record came out: of the event given last. */
    void judged(byte[] value);
  }

  /** The job of one thread, without an end. */
  public static JobGraph of(CompiledPipeline pipeline, JobSettings settings, Feed feed) {
    int number = NUMBERS.incrementAndGet();
    FEEDS.put(number, feed);
    Versioned shipped = new Versioned(pipeline.definition(), 1);
    StreamExecutionEnvironment env = PipelineJob.environment(settings);
    DataStream<Transit> events =
        env.fromSequence(0, Long.MAX_VALUE - 1)
            .map(new Feeder(number, shipped))
            .returns(new TransitType(shipped))
            .uid("feeder")
            .assignTimestampsAndWatermarks(EventTimes.strategy(pipeline))
            .uid("times");
    PipelineJob.judged(
            events,
            pipeline,
            shipped,
            new ListsSource(settings.bootstrapServers(), "none", List.of(), Map.of()),
            settings)
        .map(new Collector(number))
        .returns(new TransitType(shipped))
        .uid("collector")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return PipelineJob.graph(env, settings);
  }

  private static Feed feed(int number) {
    return Objects.requireNonNull(FEEDS.get(number));
  }

  private static final class Feeder extends RichMapFunction<Long, Transit> {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final Versioned shipped;
    private transient @Nullable CompiledPipeline pipeline;

    Feeder(int number, Versioned shipped) {
      this.number = number;
      this.shipped = shipped;
    }

    @Override
    public void open(OpenContext context) {
      pipeline = shipped.compile();
    }

    @Override
    public Transit map(Long ordinal) throws InterruptedException {
      return Transit.of(
          Objects.requireNonNull(pipeline).row(feed(number).next(), shipped.version(), null));
    }
  }

  private record Collector(int number) implements MapFunction<Transit, Transit> {
    private static final long serialVersionUID = 1L;

    @Override
    public Transit map(Transit transit) {
      byte[] value = Objects.requireNonNull(transit.output()).value();
      feed(number).judged(value == null ? new byte[0] : value);
      return transit;
    }
  }
}
