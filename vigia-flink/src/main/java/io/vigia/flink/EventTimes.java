package io.vigia.flink;

import io.vigia.core.event.Row;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Tells Flink how far event time has come: the newest event of a partition less the time that its
 * stream's events may be late.
 *
 * <p>Only the removal of keys that remember nothing hangs on it, which no decision can notice.
 */
final class EventTimes implements WatermarkGenerator<Transit> {
  /** A partition that has been silent for so long does not hold the others back. */
  private static final Duration IDLE_AFTER = Duration.ofSeconds(30);

  private long watermark = Long.MIN_VALUE;

  static WatermarkStrategy<Transit> strategy() {
    return WatermarkStrategy.<Transit>forGenerator(context -> new EventTimes())
        .withTimestampAssigner((transit, recorded) -> timeOf(transit, recorded))
        .withIdleness(IDLE_AFTER);
  }

  private static long timeOf(Transit transit, long recorded) {
    Row row = transit.row();
    return row == null ? recorded : row.event().timeMs();
  }

  @Override
  public void onEvent(Transit transit, long timestamp, WatermarkOutput output) {
    Row row = transit.row();
    if (row != null) {
      long late = row.event().stream().definition().outOfOrderMs();
      watermark = Math.max(watermark, row.event().timeMs() - late - 1);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (watermark > Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(watermark));
    }
  }
}
