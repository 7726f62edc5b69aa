package io.vigia.core.feature;

import io.vigia.core.state.EventLog;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key still knows of the events that it had to let go before its windows did, and when it
 * last took a value that came from such a past.
 *
 * <p><b>Units and bounds.</b> For each feature over a window at most {@value CoarseFeature#PANES}
 * panes and two, in the state and beside it. Mutable, part of the state of one key.
 */
final class CoarsePast implements Register {
  /** The time of the newest event of a log that was let go, where there was none. */
  static final long NOTHING = Long.MIN_VALUE;

  /*
   * There are two folds for a feature: over what was let go, which is state; and over everything, which is read,
   * and is made when the feature first needs it. The second follows from the first and the log.
   */
  private final long[] untilMs;
  private final long[] counts;
  private final @Nullable Fold[] gone;
  private final @Nullable Fold[] all;

  /** Before which event of its log each of {@link #all} has read. */
  private final long[] readTo;

  /** By reader of other features: the newest event that brought it a coarse value. */
  private final long[] takenMs;

  CoarsePast(int logs, int features, int readers) {
    this.untilMs = new long[logs];
    Arrays.fill(untilMs, NOTHING);
    this.counts = new long[logs];
    this.gone = new @Nullable Fold[features];
    this.all = new @Nullable Fold[features];
    this.readTo = new long[features];
    this.takenMs = new long[readers];
    Arrays.fill(takenMs, NOTHING);
  }

  static CoarsePast read(int logs, List<CoarseFeature> features, int readers, StateInput input) {
    CoarsePast past = new CoarsePast(logs, features.size(), readers);
    for (int log = 0; log < logs; log++) {
      past.counts[log] = input.readUnsigned();
      past.untilMs[log] = past.counts[log] == 0 ? NOTHING : input.readSigned();
    }
    for (CoarseFeature feature : features) {
      if (input.readByte() != 0) {
        FoldPlan panes = feature.panes();
        if (panes == null) {
          throw new IllegalStateException("damaged state: found panes of a feature without");
        }
        past.gone[feature.number()] = panes.read().apply(input);
      }
    }
    for (int reader = 0; reader < readers; reader++) {
      if (input.readByte() != 0) {
        past.takenMs[reader] = input.readSigned();
      }
    }
    input.end();
    return past;
  }

  /** The time of the newest event of a log that was let go, or {@link #NOTHING}. */
  long untilMs(int log) {
    return untilMs[log];
  }

  /** The time of the newest event that brought a reader a coarse value, or {@link #NOTHING}. */
  long takenMs(CoarseReader reader) {
    return takenMs[reader.number()];
  }

  /** An event at a time brings a reader a coarse value. */
  void take(CoarseReader reader, long timeMs) {
    takenMs[reader.number()] = Math.max(takenMs[reader.number()], timeMs);
  }

  /** How many events were let go. */
  long count() {
    return Arrays.stream(counts).sum();
  }

  /** Takes over the events of a log before {@code keep}, which it lets go now. */
  void letGo(EventLog log, int number, long keep) {
    counts[number] += keep - log.first();
    untilMs[number] = Math.max(untilMs[number], log.time(keep - 1));
  }

  /** Takes over for one feature what {@link #letGo} will take. */
  void letGo(CoarseFeature feature, FoldPlan panes, EventLog log, long keep, long fromMs) {
    int number = feature.number();
    Fold fold = gone[number];
    if (fold == null) {
      fold = panes.create().get();
      gone[number] = fold;
    }
    for (long i = log.first(); i < keep; i++) {
      if (log.time(i) > fromMs) {
        fold.include(log, i);
      }
    }
    if (all[number] != null && readTo[number] < keep) {
      read(feature, panes, log, keep);
    }
  }

  /** What was let go and the events of the log before {@code end}. */
  Fold read(CoarseFeature feature, FoldPlan panes, EventLog log, long end) {
    int number = feature.number();
    Fold fold = all[number];
    if (fold == null) {
      fold = gone(feature, panes);
      all[number] = fold;
      readTo[number] = log.first();
    }
    for (long i = readTo[number]; i < end; i++) {
      fold.include(log, i);
    }
    readTo[number] = Math.max(readTo[number], end);
    return fold;
  }

  /** A copy of what was let go. */
  Fold gone(CoarseFeature feature, FoldPlan panes) {
    Fold fold = gone[feature.number()];
    return fold == null ? panes.create().get() : fold.copy();
  }

  /** A late event has taken its place in the log. */
  void insert(CoarseFeature feature, EventLog log, long index) {
    int number = feature.number();
    Fold fold = all[number];
    if (fold != null && index < readTo[number]) {
      fold.include(log, index);
      readTo[number]++;
    }
  }

  /** No window of a feature covers any more what was let go. */
  void forget(CoarseFeature feature) {
    gone[feature.number()] = null;
    all[feature.number()] = null;
  }

  /** Goes on with the copy, which takes over what is derived; this one is only written. */
  @Override
  public Register copy() {
    CoarsePast copy = new CoarsePast(untilMs.length, gone.length, takenMs.length);
    System.arraycopy(takenMs, 0, copy.takenMs, 0, takenMs.length);
    System.arraycopy(untilMs, 0, copy.untilMs, 0, untilMs.length);
    System.arraycopy(counts, 0, copy.counts, 0, counts.length);
    System.arraycopy(readTo, 0, copy.readTo, 0, readTo.length);
    System.arraycopy(all, 0, copy.all, 0, all.length);
    Arrays.fill(all, null);
    for (int i = 0; i < gone.length; i++) {
      Fold fold = gone[i];
      copy.gone[i] = fold == null ? null : fold.copy();
    }
    return copy;
  }

  @Override
  public void write(StateOutput output) {
    for (int log = 0; log < counts.length; log++) {
      output.writeUnsigned(counts[log]);
      if (counts[log] > 0) {
        output.writeSigned(untilMs[log]);
      }
    }
    for (Fold fold : gone) {
      output.writeByte(fold == null ? 0 : 1);
      if (fold != null) {
        fold.write(output);
      }
    }
    for (long taken : takenMs) {
      output.writeByte(taken == NOTHING ? 0 : 1);
      if (taken != NOTHING) {
        output.writeSigned(taken);
      }
    }
  }
}
