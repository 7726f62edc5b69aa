package io.vigia.core.feature;

import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import java.util.Arrays;
import java.util.List;

/**
 * How long a key of one entity remembers its events.
 *
 * <p><b>Shape.</b> A late event may ask for the window at the newest time less the time that events
 * may be late. What that covers is a matter of time alone for most windows; for the others a second
 * stretch without accumulators stands at that time, and the log is kept from its start on. What
 * leaves is folded into the registers of the features that never forget.
 *
 * <p><b>Units and bounds.</b> Milliseconds of event time. O(1) for an event at which nothing
 * leaves; amortised O(windows) for each that does. Immutable and safe for any number of threads.
 */
final class Retention {
  private final int logs;
  private final Window[] windows;
  private final Endless[] endless;
  private final DerivedCells derived;
  private final CoarseWindows coarse;
  private final long outOfOrderMs;

  /** By log: how long an event is kept. */
  private final long[] retentionMs;

  /** By log: how long after its last event it is of no use any more. */
  private final long[] forgottenMs;

  Retention(
      int logs,
      List<Window> windows,
      List<Endless> endless,
      DerivedCells derived,
      CoarseWindows coarse,
      long outOfOrderMs) {
    this.logs = logs;
    this.windows = windows.toArray(Window[]::new);
    this.endless = endless.toArray(Endless[]::new);
    this.derived = derived;
    this.coarse = coarse;
    this.outOfOrderMs = outOfOrderMs;
    this.retentionMs = new long[logs];
    this.forgottenMs = new long[logs];
    Arrays.fill(retentionMs, outOfOrderMs);
    Arrays.fill(forgottenMs, outOfOrderMs);
    for (Window window : windows) {
      long reach = sum(window.span().reachMs(), window.delayMs(), outOfOrderMs);
      forgottenMs[window.log()] = Math.max(forgottenMs[window.log()], reach);
      if (window.span().isOfFixedLength()) {
        retentionMs[window.log()] = Math.max(retentionMs[window.log()], reach);
      }
    }
    for (Endless each : endless) {
      long reach = each.delayMs() + outOfOrderMs;
      retentionMs[each.log()] = Math.max(retentionMs[each.log()], reach);
      if (!each.mayEnd()) {
        forgottenMs[each.log()] =
            Math.max(forgottenMs[each.log()], sum(each.reachMs(), each.delayMs(), outOfOrderMs));
      }
    }
  }

  private static long sum(long reachMs, long delayMs, long outOfOrderMs) {
    return reachMs == Long.MAX_VALUE ? Long.MAX_VALUE : reachMs + delayMs + outOfOrderMs;
  }

  /**
   * The event time after which a key remembers nothing any more; {@link Long#MAX_VALUE} when it
   * never forgets, {@link Long#MIN_VALUE} when it has nothing.
   */
  long expiresMs(KeyState state) {
    long expires = Long.MIN_VALUE;
    for (int i = 0; i < logs; i++) {
      EventLog log = state.log(i);
      if (!log.isEmpty()) {
        expires = Math.max(expires, after(log.time(log.end() - 1), forgottenMs[i]));
      }
    }
    for (int i = 0; i < endless.length; i++) {
      Endless each = endless[i];
      if (each.mayEnd()) {
        if (state.newestMs() != Long.MIN_VALUE && !each.folded(derived.of(state)).isOver()) {
          expires =
              Math.max(expires, after(state.newestMs(), sum(each.reachMs(), 0, outOfOrderMs)));
        }
      } else if (state.register(i) != null) {
        expires = Math.max(expires, after(state.newestMs(), forgottenMs[each.log()]));
      }
    }
    return expires;
  }

  private static long after(long timeMs, long spanMs) {
    return spanMs == Long.MAX_VALUE ? Long.MAX_VALUE : timeMs + spanMs;
  }

  /** Drops what no window can cover any more, folding it where a feature never forgets. */
  void forget(KeyState state, Cells cells) {
    for (int l = 0; l < logs; l++) {
      EventLog log = state.log(l);
      long oldestMs = state.newestMs() - retentionMs[l];
      if (!log.isEmpty() && log.time(log.first()) <= oldestMs) {
        drop(state, cells, l, keptFrom(log, l, cells, oldestMs));
      }
      long kept = coarse.keptFrom(log, l);
      if (kept > log.first()) {
        coarsen(state, cells, l, kept);
      }
    }
  }

  private void drop(KeyState state, Cells cells, int l, long before) {
    EventLog log = state.log(l);
    if (before > log.first()) {
      fold(state, l, before);
      log.dropBefore(before);
      for (Window window : windows) {
        if (window.log() == l) {
          skipTo(window, cells, before);
        }
      }
    }
  }

  /** Lets go of events that windows still cover, since the key has too many. */
  private void coarsen(KeyState state, Cells cells, int l, long keep) {
    EventLog log = state.log(l);
    coarse.letGo(state, l, keep);
    for (Window window : windows) {
      if (window.log() == l) {
        window.stretch().letGo(cells, log, keep);
        if (window.oldest() != null) {
          window.oldest().letGo(cells, log, keep);
        }
      }
    }
    for (Endless each : endless) {
      if (each.log() == l && cells.words[each.end()] < keep) {
        each.extend(log, cells, keep);
      }
    }
    fold(state, l, keep);
    log.dropBefore(keep);
  }

  private static void skipTo(Window window, Cells cells, long index) {
    window.stretch().skipTo(cells, index);
    Stretch oldest = window.oldest();
    if (oldest != null) {
      oldest.skipTo(cells, index);
    }
  }

  /** The first event of a log that some window may still cover. */
  private long keptFrom(EventLog log, int l, Cells cells, long oldestMs) {
    long most = log.end();
    for (Window window : windows) {
      Stretch oldest = window.oldest();
      if (oldest != null && window.log() == l) {
        most = Math.min(most, oldest.start(cells));
      }
    }
    return log.firstAfter(log.first(), oldestMs, most);
  }

  private void fold(KeyState state, int l, long before) {
    EventLog log = state.log(l);
    for (int i = 0; i < endless.length; i++) {
      if (endless[i].log() == l) {
        Fold register = endless[i].register(state, i);
        state.setRegister(i, register);
        for (long at = log.first(); at < before; at++) {
          register.include(log, at);
        }
      }
    }
  }
}
