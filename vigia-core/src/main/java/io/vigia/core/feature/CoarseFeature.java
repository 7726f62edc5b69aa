package io.vigia.core.feature;

import io.vigia.core.state.EventLog;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a feature over a window goes on for a key that had to let go of events which the window still
 * covers.
 *
 * <p><b>Shape.</b> With {@code panes} the window is kept in panes from then on: one of a time in
 * {@value #PANES}, so that it begins at most a {@value #PANES}th of its length earlier; one of the
 * calendar in one for each period, so that it stays exact. Without, it covers what is left.
 *
 * @param number its position among those of the entity
 */
record CoarseFeature(
    int number,
    int layer,
    int log,
    WindowDefinition window,
    long delayMs,
    Stretch stretch,
    Span span,
    int slot,
    boolean excludeCurrent,
    @Nullable FoldPlan panes) {

  /** Into how many panes a window of a time is cut. */
  static final int PANES = 256;

  /** How many different values a pane of {@code count_distinct} keeps one by one. */
  static final int DISTINCT_MAX = DistinctPart.SKETCH_MIN;

  /** The panes of a feature; null where it has none. */
  static @Nullable FoldPlan panes(FeatureCompiler.Inputs inputs) {
    FeatureDefinition definition = inputs.definition();
    WindowDefinition window = definition.window();
    if (!PartPlan.takes(definition.aggregation())) {
      return null;
    }
    return switch (window.kind()) {
      case LOOK_BACK ->
          FoldPlan.panes(
              PaneGrid.multiples(window.size(), (window.size() + PANES - 1) / PANES),
              PartPlan.of(inputs, DISTINCT_MAX));
      case CALENDAR ->
          FoldPlan.panes(
              PaneGrid.calendar(Objects.requireNonNull(window.unit()), zone(window)),
              PartPlan.of(inputs, DISTINCT_MAX));
      case EVER, LAST_EVENTS, SESSION -> null;
    };
  }

  private static ZoneId zone(WindowDefinition window) {
    return ZoneId.of(Objects.requireNonNull(window.zone()));
  }

  /**
   * Whether the window at a time, its delay taken off, covers events that were let go.
   *
   * @param start where the window begins among those that are left
   * @param end before which it ends
   * @param held how many events it has, where it is over a number of them
   * @param untilMs the time of the newest that was let go
   */
  boolean reaches(EventLog log, long start, long end, long held, long timeMs, long untilMs) {
    if (untilMs == CoarsePast.NOTHING) {
      return false;
    }
    return switch (window.kind()) {
      case LOOK_BACK -> timeMs - window.size() < untilMs;
      case CALENDAR ->
          Objects.requireNonNull(window.unit()).startMs(timeMs, zone(window)) <= untilMs;
      case SESSION ->
          start == log.first()
              && (start == end ? timeMs : log.time(start)) - window.size() < untilMs;
      case LAST_EVENTS -> start == log.first() && held < window.size();
      case EVER -> throw new IllegalStateException("coarse window: got " + window);
    };
  }

  /** How many events it has, where it is over a number of them. */
  long held(Cells cells) {
    return isOfEvents() ? stretch.held(cells) : 0;
  }

  /** The same for a window of a late event. */
  long held(EventLog log, long start, long end) {
    long held = 0;
    for (long i = start; isOfEvents() && i < end; i++) {
      held += stretch.takes(log, i) ? 1 : 0;
    }
    return held;
  }

  private boolean isOfEvents() {
    return window.kind() == WindowDefinition.Kind.LAST_EVENTS;
  }

  /** Whether none of the windows that can still be asked for covers what was let go. */
  boolean isOver(long newestMs, long outOfOrderMs, long untilMs) {
    return panes != null && newestMs - delayMs - outOfOrderMs - panes.reachMs() >= untilMs;
  }
}
