package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;

/**
 * What happens to all windows of an entity when an event comes in order, as one program: made by
 * {@link WindowCompiler}.
 *
 * <p>Immutable and safe for any number of threads.
 */
abstract class WindowProgram {

  /** Reads from the memory that the other steps will need; what it returns means nothing. */
  abstract long touch(Cells cells, KeyState state);

  /** Moves every window to the key's newest time. */
  abstract void advance(Cells cells, KeyState state, long now);

  /** Reads the features that leave the current event out. */
  abstract void readBefore(Cells cells, KeyState state, Slots into);

  /** The event at {@code index}, the newest of its log, enters the windows without delay. */
  abstract void enter(Cells cells, EventLog log, int fed, long index);

  /** Reads all other features. */
  abstract void readAfter(Cells cells, KeyState state, Slots into);

  /** Moves a window of any kind. */
  static void move(Span span, Cells cells, EventLog log, Stretch stretch, long timeMs) {
    long end = stretch.end(cells);
    long to = end;
    while (to < log.end() && log.time(to) <= timeMs) {
      to++;
    }
    if (to > end) {
      span.extend(cells, log, stretch, to);
    }
    span.trim(cells, log, stretch, timeMs);
  }
}
