package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a {@link Judged}, then its end, then nothing until the job is cancelled. It keeps
 * no position: every job gets its own list.
 */
record EventListSource(Versioned pipeline, int judged, long outOfOrderMs)
    implements Source<Transit, NumberSequenceSplit, Integer> {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = new byte[0];

  /** Time goes on with every event, so that timers fire and keys are forgotten between any two. */
  WatermarkStrategy<Transit> watermarks() {
    long late = outOfOrderMs;
    return WatermarkStrategy.forGenerator(context -> new Punctual(late));
  }

  private static final class Punctual implements WatermarkGenerator<Transit> {
    private final long outOfOrderMs;
    private long newestMs = Long.MIN_VALUE;

    Punctual(long outOfOrderMs) {
      this.outOfOrderMs = outOfOrderMs;
    }

    @Override
    public void onEvent(Transit transit, long timeMs, WatermarkOutput output) {
      if (transit.row() != null) {
        newestMs = Math.max(newestMs, timeMs);
        // As the job's own source tells it: an event of the very time may still come.
        output.emitWatermark(new Watermark(newestMs - outOfOrderMs - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private static final class Reader implements SourceReader<Transit, NumberSequenceSplit> {
    private final CompletableFuture<Void> never = new CompletableFuture<>();
    private final Versioned version;
    private final CompiledPipeline pipeline;
    private final Iterator<Event> events;
    private boolean ended;

    Reader(Versioned version, List<Event> events) {
      this.version = version;
      this.pipeline = version.compile();
      this.events = events.iterator();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Transit> output) {
      if (events.hasNext()) {
        Event event = events.next();
        Row row = pipeline.row(event, version.version(), null);
        row.keepOriginal(NOTHING);
        output.collect(Transit.of(row), event.timeMs());
        return InputStatus.MORE_AVAILABLE;
      }
      if (!ended) {
        ended = true;
        output.collect(Transit.of(Judged.END));
      }
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return never;
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public void start() {}

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class NoSplits implements SplitEnumerator<NumberSequenceSplit, Integer> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<NumberSequenceSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public Integer snapshotState(long checkpointId) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private record Nothing<T>(@Nullable T value) implements SimpleVersionedSerializer<T> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(T ignored) {
      return NOTHING;
    }

    @Override
    public T deserialize(int version, byte[] serialized) {
      return Objects.requireNonNull(value);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Transit, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new Reader(pipeline, Judged.of(judged).events());
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Integer> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context) {
    return new NoSplits();
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Integer> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context, Integer checkpoint) {
    return new NoSplits();
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return new Nothing<>(null);
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new Nothing<>(0);
  }
}
