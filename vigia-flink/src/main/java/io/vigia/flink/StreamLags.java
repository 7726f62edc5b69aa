package io.vigia.flink;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.Arrays;
import org.apache.flink.streaming.api.TimerService;

/**
 * How far the streams have come in which no silence is waited for, so that time does not hang on
 * them.
 *
 * <p>A key is not removed before those that still bring events have passed it, as far as this
 * worker has seen them: the events of such a stream may be hours older than those that tell time.
 */
final class StreamLags {
  /** A stream that has been silent for so long is not waited for. */
  private static final long SILENT_MS = 30_000;

  private final boolean[] waitedFor;
  private final long[] reachedMs;
  private final long[] seenMs;
  private final boolean any;

  StreamLags(CompiledPipeline pipeline) {
    int streams = pipeline.streams().size();
    waitedFor = new boolean[streams];
    reachedMs = new long[streams];
    seenMs = new long[streams];
    Arrays.fill(reachedMs, Long.MIN_VALUE);
    boolean found = false;
    for (StreamSchema stream : pipeline.streams()) {
      waitedFor[stream.ordinal()] = pipeline.hasTimers() && !pipeline.isTimed(stream);
      found |= waitedFor[stream.ordinal()];
    }
    any = found;
  }

  /** An event of any stream is being processed. */
  void saw(Event event, TimerService clock) {
    int stream = event.stream().ordinal();
    if (any && waitedFor[stream]) {
      long late = event.stream().definition().outOfOrderMs();
      reachedMs[stream] = Math.max(reachedMs[stream], event.timeMs() - late);
      seenMs[stream] = clock.currentProcessingTime();
    }
  }

  /** Whether no event up to that time is to be expected of them. */
  boolean isPassed(long timeMs, TimerService clock) {
    for (int stream = 0; any && stream < reachedMs.length; stream++) {
      if (reachedMs[stream] > Long.MIN_VALUE
          && reachedMs[stream] < timeMs
          && clock.currentProcessingTime() - seenMs[stream] < SILENT_MS) {
        return false;
      }
    }
    return true;
  }
}
