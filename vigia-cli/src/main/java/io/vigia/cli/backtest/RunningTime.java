package io.vigia.cli.backtest;

import io.vigia.cli.verify.RecordedDecisions;
import io.vigia.cli.verify.RecordedMoment;
import io.vigia.core.event.Event;
import io.vigia.core.event.EventId;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.Stage;
import io.vigia.core.replay.Replay;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How time goes on in a backtest: by the events alone, or as it did in a run whose decisions say
 * how far it had come at each event, by events, by ticks, and by those of other partitions.
 */
final class RunningTime {
  private final CompiledPipeline pipeline;
  private final Map<String, Map<String, Long>> passed = new HashMap<>();
  private OptionalLong reached = OptionalLong.empty();
  private boolean recorded;

  private RunningTime(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** By events alone. */
  static RunningTime ofEvents(CompiledPipeline pipeline) {
    return new RunningTime(pipeline);
  }

  /**
   * As in a run.
   *
   * @param decisions of the run; where they do not say how far time had come, it goes on by events
   */
  static RunningTime of(CompiledPipeline pipeline, @Nullable RecordedDecisions decisions) {
    RunningTime time = new RunningTime(pipeline);
    if (decisions != null && pipeline.hasTimers()) {
      time.reached = decisions.times(time::met);
      time.recorded = decisions.isLive() || !time.passed.isEmpty();
    }
    return time;
  }

  private void met(String id, RecordedMoment moment) {
    if (!moment.passed().isEmpty()) {
      passed.put(id, moment.passed());
    }
  }

  /**
   * Has a replay follow it.
   *
   * @param late told of each event that came when time had passed it
   */
  void start(Replay replay, Consumer<Event> late) {
    if (recorded) {
      replay.follow((event, stage) -> passedMs(event, stage, late));
    }
  }

  private long passedMs(Event event, Stage stage, Consumer<Event> late) {
    EventId id = pipeline.idOf(event);
    Long known = passed.getOrDefault(id.toString(), Map.of()).get(stage.name());
    if (known == null) {
      return RecordedMoment.NEVER;
    }
    if (known > event.timeMs()) {
      late.accept(event);
    }
    return known;
  }

  /** Ends the input: the silences are decided that were over by the last time that is known. */
  void end(Replay replay) {
    if (!recorded) {
      replay.end();
    } else {
      reached.ifPresent(replay::advanceTo);
    }
  }

  /**
   * Whether a silence lies behind the time that the run had come to, so that it is not compared.
   */
  boolean isBeyond(RecordedMoment silence) {
    return recorded && (reached.isEmpty() || silence.timeMs() > reached.getAsLong());
  }

  /** How far the run had come; null where the backtest's own time goes on by events. */
  @Nullable Instant reached() {
    return recorded && reached.isPresent() ? Instant.ofEpochMilli(reached.getAsLong()) : null;
  }
}
