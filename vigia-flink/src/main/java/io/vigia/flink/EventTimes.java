package io.vigia.flink;

import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Tells Flink how far event time has come in a partition: to the newest event less the time that
 * its stream's events may be late, or to what a tick says.
 *
 * <p>Where silences are waited for, only the streams in which they are tell time, and no clock has
 * part in it: a partition holds time back until a record of its own lets it pass. A tick is told at
 * once, an event within 200 ms. Elsewhere only the removal of keys that remember nothing hangs on
 * it, which no decision can notice, and a partition that is silent for long is passed over.
 */
final class EventTimes implements WatermarkGenerator<Transit> {
  /** Where nothing waits for a silence. */
  private static final Duration IDLE_AFTER = Duration.ofSeconds(30);

  private final boolean[] telling;
  private long watermark = Long.MIN_VALUE;

  /**
   * @param telling by stream: whether its events tell time
   */
  private EventTimes(boolean[] telling) {
    this.telling = telling;
  }

  static WatermarkStrategy<Transit> strategy(CompiledPipeline pipeline) {
    boolean timed = pipeline.hasTimers();
    boolean[] telling = new boolean[pipeline.streams().size()];
    for (StreamSchema stream : pipeline.streams()) {
      telling[stream.ordinal()] = !timed || pipeline.isTimed(stream);
    }
    WatermarkStrategy<Transit> strategy =
        WatermarkStrategy.<Transit>forGenerator(context -> new EventTimes(telling))
            .withTimestampAssigner((transit, recorded) -> timeOf(transit, recorded));
    return timed ? strategy : strategy.withIdleness(IDLE_AFTER);
  }

  private static long timeOf(Transit transit, long recorded) {
    Row row = transit.row();
    return row == null ? recorded : row.event().timeMs();
  }

  @Override
  public void onEvent(Transit transit, long timestamp, WatermarkOutput output) {
    Row row = transit.row();
    if (row != null && telling[row.event().stream().ordinal()]) {
      long late = row.event().stream().definition().outOfOrderMs();
      watermark = Math.max(watermark, row.event().timeMs() - late - 1);
    } else if (transit.passedMs() > Long.MIN_VALUE) {
      watermark = Math.max(watermark, transit.passedMs() - 1);
      output.emitWatermark(new Watermark(watermark));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (watermark > Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(watermark));
    }
  }
}
