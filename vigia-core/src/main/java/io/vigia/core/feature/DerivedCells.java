package io.vigia.core.feature;

import io.vigia.core.state.Derived;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Cells} of a key that has none: where its windows stand and what they hold.
 *
 * <p><b>Shape.</b> They follow from the logs and the key's newest time, so they are neither written
 * nor copied for a checkpoint; beside a log on disk they are written, so that a key can go on
 * without its windows being read.
 *
 * <p><b>Units and bounds.</b> O(1) for a key that has them, O(events in the windows) for another.
 * Immutable and safe for any number of threads.
 */
final class DerivedCells {
  private final Cells.Plan cells;
  private final Window[] windows;
  private final Endless[] endless;
  private final long outOfOrderMs;

  DerivedCells(Cells.Plan cells, List<Window> windows, List<Endless> endless, long outOfOrderMs) {
    this.cells = cells;
    this.windows = windows.toArray(Window[]::new);
    this.endless = endless.toArray(Endless[]::new);
    this.outOfOrderMs = outOfOrderMs;
  }

  /** Those of a key, computed or read where they are missing. */
  Cells of(KeyState state) {
    if (state.derived() instanceof Cells known) {
      return known;
    }
    Cells stored =
        state.derived() instanceof Derived.Stored bytes ? restored(state, bytes.input()) : null;
    Cells derived = stored == null ? computed(state) : stored;
    state.setDerived(derived);
    return derived;
  }

  private Cells computed(KeyState state) {
    Cells derived = cells.cells();
    long now = state.newestMs();
    for (Window window : windows) {
      EventLog log = state.log(window.log());
      begin(window.span(), derived, log, window.stretch(), now, window.delayMs());
      Stretch oldest = window.oldest();
      if (oldest != null) {
        begin(window.span(), derived, log, oldest, now, window.delayMs() + outOfOrderMs);
      }
    }
    for (int i = 0; i < endless.length; i++) {
      Endless each = endless[i];
      EventLog log = state.log(each.log());
      derived.setObject(each.folded(), each.folded(state, i));
      derived.words[each.end()] = log.first();
      if (now != Long.MIN_VALUE) {
        each.extend(log, derived, log.firstAfter(now - each.delayMs()));
      }
    }
    return derived;
  }

  /** The cells that lay beside a log on disk, or null where another version wrote them. */
  private @Nullable Cells restored(KeyState state, StateInput input) {
    Cells read = cells.read(input);
    if (read != null) {
      for (Window window : windows) {
        window.stretch().restore(read, state.log(window.log()));
      }
      for (Endless each : endless) {
        each.restore(read);
      }
    }
    return read;
  }

  private static void begin(
      Span span, Cells cells, EventLog log, Stretch stretch, long newestMs, long behindMs) {
    if (newestMs == Long.MIN_VALUE) {
      stretch.restart(cells, log, log.first(), log.first());
    } else {
      long end = log.firstAfter(newestMs - behindMs);
      stretch.restart(cells, log, span.startAt(log, end, newestMs - behindMs), end);
    }
  }
}
