package io.vigia.core.feature;

import io.vigia.core.event.Row;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the features of an entity do for a key that has more events of a stream than it keeps.
 *
 * <p><b>Shape.</b> The oldest events leave the log although windows cover them still. They are
 * taken over by the {@link CoarsePast} of the key, each feature as its {@link CoarseFeature} says,
 * and a feature that is read while its window reaches so far is marked in the row. Windows that do
 * not are as exact as ever. A feature that reads a marked one is marked as well, as long as what it
 * took is in its window ({@link CoarseReader}).
 *
 * <p><b>Units and bounds.</b> Nothing for keys below the bound. Beyond it an event costs O(1)
 * amortised for each feature; the first one O(events kept), as the first one after a restore.
 */
final class CoarseWindows {
  private final CoarseFeature[] features;
  private final Endless[] endless;
  private final CoarseReader[] readers;
  private final long[] maxEvents;
  private final int register;
  private final long outOfOrderMs;

  /**
   * @param maxEvents for each log
   * @param register where the past of a key lies among its registers
   */
  CoarseWindows(
      List<CoarseFeature> features,
      List<Endless> endless,
      List<CoarseReader> readers,
      long[] maxEvents,
      int register,
      long outOfOrderMs) {
    this.features = features.toArray(CoarseFeature[]::new);
    this.endless = endless.toArray(Endless[]::new);
    this.readers = readers.toArray(CoarseReader[]::new);
    this.maxEvents = maxEvents.clone();
    this.register = register;
    this.outOfOrderMs = outOfOrderMs;
  }

  /** From which event on a log is kept. */
  long keptFrom(EventLog log, int number) {
    return Math.max(log.first(), log.end() - maxEvents[number]);
  }

  /** Null for a key that never had too many events, nor took a value of one that had. */
  @Nullable CoarsePast of(KeyState state) {
    Register known = state.register(register);
    if (known instanceof Register.Stored stored) {
      CoarsePast restored =
          CoarsePast.read(maxEvents.length, List.of(features), readers.length, stored.input());
      state.setRegister(register, restored);
      return restored;
    }
    return (CoarsePast) known;
  }

  /** Takes over the events before {@code keep}, which their log lets go next. */
  void letGo(KeyState state, int number, long keep) {
    CoarsePast past = begun(state);
    EventLog log = state.log(number);
    for (CoarseFeature feature : features) {
      FoldPlan panes = feature.panes();
      if (feature.log() == number && panes != null) {
        long fromMs = state.newestMs() - panes.reachMs() - feature.delayMs() - outOfOrderMs;
        past.letGo(feature, panes, log, keep, fromMs);
      }
    }
    past.letGo(log, number, keep);
  }

  private CoarsePast begun(KeyState state) {
    CoarsePast past = of(state);
    if (past == null) {
      past = new CoarsePast(maxEvents.length, features.length, readers.length);
      state.setRegister(register, past);
    }
    return past;
  }

  /**
   * Marks the features of a layer that read marked ones, at this event or at one that their windows
   * still cover. Only asked where the key has a past or the row has marks.
   *
   * @param fed the log that the event has entered; -1 for none
   */
  void follow(KeyState state, int layer, int fed, Row row) {
    for (CoarseReader reader : readers) {
      if (reader.layer() == layer) {
        follow(reader, state, fed, row);
      }
    }
  }

  private void follow(CoarseReader reader, KeyState state, int fed, Row row) {
    CoarsePast past = of(state);
    if (past != null && reader.covers(state.log(reader.log()), row, past.takenMs(reader))) {
      row.markCoarse(reader.slot());
    }
    if (reader.log() == fed && reader.readsAny(row.coarse())) {
      begun(state).take(reader, row.event().timeMs());
      if (reader.takesCurrent()) {
        row.markCoarse(reader.slot());
      }
    }
  }

  /** Reads the features of a layer at an event in order, after their exact windows. */
  void read(
      CoarsePast past, KeyState state, Cells cells, int layer, boolean excludeCurrent, Row row) {
    for (CoarseFeature feature : features) {
      if (feature.layer() == layer && feature.excludeCurrent() == excludeCurrent) {
        read(past, feature, state, cells, row);
      }
    }
    for (Endless each : endless) {
      if (each.layer() == layer && past.untilMs(each.log()) > state.newestMs() - each.delayMs()) {
        row.markCoarse(each.slot());
      }
    }
  }

  private void read(CoarsePast past, CoarseFeature feature, KeyState state, Cells cells, Row row) {
    EventLog log = state.log(feature.log());
    long untilMs = past.untilMs(feature.log());
    long timeMs = state.newestMs() - feature.delayMs();
    long start = feature.stretch().start(cells);
    long end = feature.stretch().end(cells);
    FoldPlan panes = feature.panes();
    if (feature.reaches(log, start, end, feature.held(cells), timeMs, untilMs)) {
      row.markCoarse(feature.slot());
      if (panes != null) {
        past.read(feature, panes, log, end).read(row.features(), feature.slot(), timeMs);
      }
    } else if (feature.isOver(state.newestMs(), outOfOrderMs, untilMs)) {
      past.forget(feature);
    }
  }

  /** A late event has taken its place and is complete for a layer. */
  void insertLate(CoarsePast past, EventLog log, int number, int layer, long index) {
    for (CoarseFeature feature : features) {
      if (feature.layer() == layer && feature.log() == number) {
        past.insert(feature, log, index);
      }
    }
  }

  /**
   * Reads the features of a layer at a late event.
   *
   * @param ends before which event the window of a feature ends, by log and delay
   */
  void readLate(CoarsePast past, KeyState state, int layer, Ends ends, Row row) {
    for (CoarseFeature feature : features) {
      if (feature.layer() == layer) {
        long end = ends.of(feature.log(), feature.delayMs(), feature.excludeCurrent());
        readLate(past, feature, state.log(feature.log()), end, row);
      }
    }
    for (Endless each : endless) {
      long timeMs = row.event().timeMs() - each.delayMs();
      if (each.layer() == layer && past.untilMs(each.log()) > timeMs) {
        row.markCoarse(each.slot());
      }
    }
  }

  /** Where windows of a late event end. */
  interface Ends {
    long of(int log, long delayMs, boolean excludeCurrent);
  }

  private static void readLate(
      CoarsePast past, CoarseFeature feature, EventLog log, long end, Row row) {
    long timeMs = row.event().timeMs() - feature.delayMs();
    long start = feature.span().startAt(log, end, timeMs);
    long held = feature.held(log, start, end);
    if (!feature.reaches(log, start, end, held, timeMs, past.untilMs(feature.log()))) {
      return;
    }
    row.markCoarse(feature.slot());
    FoldPlan panes = feature.panes();
    if (panes != null) {
      Fold fold = past.gone(feature, panes);
      for (long i = log.first(); i < end; i++) {
        fold.include(log, i);
      }
      fold.read(row.features(), feature.slot(), timeMs);
    }
  }
}
