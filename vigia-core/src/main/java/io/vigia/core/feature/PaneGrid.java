package io.vigia.core.feature;

import java.time.ZoneId;

/**
 * Into which panes time is cut, and with which of them a window begins.
 *
 * <p><b>Shape.</b> Panes have numbers that grow with time; which times they lie at is the grid's
 * own matter.
 */
interface PaneGrid {

  /** The pane that an event of a time lies in. */
  long paneOf(long timeMs);

  /** The first pane of the window at a time. */
  long firstAt(long timeMs);

  /** After how long an event has surely left. */
  long reachMs();

  /**
   * Panes {@code (k·r, (k + 1)·r]}, counted from 1970; the window at t is {@code (⌊(t − size) /
   * r⌋·r, t]}.
   */
  static PaneGrid multiples(long sizeMs, long resolutionMs) {
    return new Multiples(sizeMs, resolutionMs);
  }

  /** A pane for each period of the calendar; the window at t is that of its period. */
  static PaneGrid calendar(CalendarUnit unit, ZoneId zone) {
    return new Periods(unit, zone);
  }

  /** Of one length. */
  record Multiples(long sizeMs, long resolutionMs) implements PaneGrid {
    @Override
    public long paneOf(long timeMs) {
      return Math.floorDiv(timeMs - 1, resolutionMs);
    }

    @Override
    public long firstAt(long timeMs) {
      return Math.floorDiv(timeMs - sizeMs, resolutionMs);
    }

    @Override
    public long reachMs() {
      return sizeMs + resolutionMs;
    }
  }

  /** Numbered by their beginnings. */
  record Periods(CalendarUnit unit, ZoneId zone) implements PaneGrid {
    @Override
    public long paneOf(long timeMs) {
      return unit.startMs(timeMs, zone);
    }

    @Override
    public long firstAt(long timeMs) {
      return unit.startMs(timeMs, zone);
    }

    @Override
    public long reachMs() {
      return unit.longestMs();
    }
  }
}
