package io.vigia.core.feature;

import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.feature.Window.Reading;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entity's features do with an event that is older than the newest of its key.
 *
 * <p><b>Shape.</b> The event takes its place in the log and in those stretches that still cover it.
 * Its own windows are other stretches, {@code (t − d − w, t − d]} for its time {@code t}, which are
 * found by time and computed afresh.
 *
 * <p><b>Units and bounds.</b> O(events later than it) for its place and O(events in the window) for
 * its own values. Immutable and safe for any number of threads.
 */
final class LateEvents {
  private final @Nullable Feed[] feeds;
  private final Layer[] layers;
  private final Cells.Plan cells;
  private final CoarseWindows coarse;
  private final long outOfOrderMs;

  LateEvents(
      @Nullable Feed[] feeds,
      List<Layer> layers,
      Cells.Plan cells,
      CoarseWindows coarse,
      long outOfOrderMs) {
    this.feeds = feeds.clone();
    this.layers = layers.toArray(Layer[]::new);
    this.cells = cells;
    this.coarse = coarse;
    this.outOfOrderMs = outOfOrderMs;
  }

  /** Takes a late event in and fills its row's slots of all features of the entity. */
  void process(KeyState state, Cells derived, Row row) {
    Feed feed = feeds[row.event().stream().ordinal()];
    int fed = feed == null ? -1 : feed.log();
    long current = -1;
    Cells own = cells.cells();
    CoarsePast past = coarse.of(state);
    for (Layer layer : layers) {
      if (feed != null) {
        current = feed.enter(state.log(fed), layer.number(), current, row);
        insertLate(state, derived, layer, fed, current);
        if (past != null) {
          coarse.insertLate(past, state.log(fed), fed, layer.number(), current);
        }
      }
      readLate(state, own, row, layer, fed, current);
      if (past != null) {
        readLateCoarse(past, state, row, layer, fed, current);
      }
      if (past != null || row.coarse() != null) {
        coarse.follow(state, layer.number(), fed, row);
      }
    }
  }

  private void readLateCoarse(
      CoarsePast past, KeyState state, Row row, Layer layer, int fed, long current) {
    long time = row.event().timeMs();
    coarse.readLate(
        past,
        state,
        layer.number(),
        (log, delayMs, excludeCurrent) -> {
          boolean fedHere = log == fed && delayMs == 0;
          long end = lateEnd(state.log(log), fedHere, current, time, delayMs);
          return fedHere && excludeCurrent ? end - 1 : end;
        },
        row);
  }

  /** Computes a layer's values for a late event, whose windows are found by time. */
  private void readLate(KeyState state, Cells own, Row row, Layer layer, int fed, long current) {
    long time = row.event().timeMs();
    for (Window window : layer.windows()) {
      EventLog log = state.log(window.log());
      boolean fedHere = window.log() == fed && window.delayMs() == 0;
      long end = lateEnd(log, fedHere, current, time, window.delayMs());
      for (Reading reading : window.before()) {
        readAfresh(own, log, window, fedHere ? end - 1 : end, time, reading, row.features());
      }
      for (Reading reading : window.after()) {
        readAfresh(own, log, window, end, time, reading, row.features());
      }
    }
    for (int i = 0; i < layer.endless().length; i++) {
      Endless each = layer.endless()[i];
      EventLog log = state.log(each.log());
      boolean fedHere = each.log() == fed && each.delayMs() == 0;
      long end = lateEnd(log, fedHere, current, time, each.delayMs());
      Fold fold = each.folded(state, layer.firstEndless() + i);
      for (long at = log.first(); at < (each.excludeCurrent() && fedHere ? end - 1 : end); at++) {
        fold.include(log, at);
      }
      fold.read(row.features(), each.slot(), time - each.delayMs());
    }
  }

  /** One more than the last event that is known at {@code timeMs}, the late one itself included. */
  private static long lateEnd(
      EventLog log, boolean fedHere, long current, long timeMs, long delay) {
    return fedHere ? current + 1 : log.firstAfter(timeMs - delay);
  }

  /** Computes one feature over the window that ends before {@code end}, in cells of its own. */
  private static void readAfresh(
      Cells own, EventLog log, Window window, long end, long timeMs, Reading reading, Slots into) {
    WindowAggregate aggregate = reading.aggregate();
    long start = window.span().startAt(log, end, timeMs - window.delayMs());
    aggregate.reset(own);
    for (long i = start; i < end; i++) {
      aggregate.add(own, log, i);
    }
    aggregate.read(own, log, start, end, into, reading.slot());
  }

  /** Lets a late event enter a layer's stretches that cover it, and moves those behind it. */
  private void insertLate(KeyState state, Cells derived, Layer layer, int fed, long index) {
    EventLog log = state.log(fed);
    long time = log.time(index);
    long now = state.newestMs();
    for (Window window : layer.windows()) {
      if (window.log() == fed) {
        insertLate(window.span(), derived, log, window.stretch(), index, now - window.delayMs());
        Stretch oldest = window.oldest();
        if (oldest != null) {
          insertLate(
              window.span(), derived, log, oldest, index, now - window.delayMs() - outOfOrderMs);
        }
      }
    }
    for (Endless each : layer.endless()) {
      if (each.log() == fed && time <= now - each.delayMs()) {
        each.folded(derived).include(log, index);
        derived.words[each.end()]++;
      }
    }
  }

  private static void insertLate(
      Span span, Cells cells, EventLog log, Stretch stretch, long index, long endMs) {
    if (log.time(index) <= endMs) {
      span.insert(cells, log, stretch, index, endMs);
    }
  }
}
