package io.vigia.core.feature;

import io.vigia.core.state.EventLog;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A feature that folds what leaves its log: one without a window, or with one of a coarser
 * resolution. Its register has the position that it has among these.
 *
 * @param reachMs after how long an event surely counts no more; {@link Long#MAX_VALUE} for never
 * @param mayEnd whether its fold may be over before that (see {@link Fold#isOver})
 * @param end the word that says how far it has read
 * @param folded the object that is the fold of all that it has read
 */
record Endless(
    int layer,
    int log,
    long delayMs,
    long reachMs,
    boolean mayEnd,
    Supplier<Fold> fold,
    Function<StateInput, Fold> reader,
    int slot,
    boolean excludeCurrent,
    int end,
    int folded) {

  Fold folded(Cells cells) {
    return (Fold) Objects.requireNonNull(cells.object(folded));
  }

  /** Reads on up to {@code to}. */
  void extend(EventLog from, Cells cells, long to) {
    for (long i = cells.words[end]; i < to; i++) {
      folded(cells).include(from, i);
    }
    cells.words[end] = to;
  }

  /** Makes of the stored fold of a key what it was. */
  void restore(Cells cells) {
    StateInput input = ((Cells.Stored) Objects.requireNonNull(cells.object(folded))).input();
    cells.setObject(folded, reader.apply(input));
    input.end();
  }

  /** A copy of what has left the log. */
  Fold folded(KeyState state, int position) {
    return register(state, position).copy();
  }

  /** The register itself, made from its stored form or anew where that is needed. */
  Fold register(KeyState state, int position) {
    Register register = state.register(position);
    if (register instanceof Fold known) {
      return known;
    }
    return register instanceof Register.Stored stored ? restored(stored) : fold.get();
  }

  private Fold restored(Register.Stored stored) {
    StateInput input = stored.input();
    Fold restored = reader.apply(input);
    input.end();
    return restored;
  }
}
