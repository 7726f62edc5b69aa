package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.Register;

/**
 * What a feature knows of events that its log need not keep, in memory that does not grow with
 * their number.
 *
 * <p><b>Shape.</b> Two of them serve one feature of one key: one in the state, into which the
 * events go that the log lets go; and one over everything, which is what the feature reads.
 */
abstract class Fold implements Register, Gathered {

  /** Takes in an event; the order does not matter. */
  abstract void include(EventLog log, long index);

  /**
   * Writes the value into the slots from {@code slot} on.
   *
   * @param timeMs up to when events are included, the feature's delay taken off
   */
  abstract void read(Slots into, int slot, long timeMs);

  /** Whether it has nothing left to tell, so that its key may be forgotten. */
  boolean isOver() {
    return false;
  }

  @Override
  public abstract Fold copy();

  @Override
  public int size() {
    return 1;
  }

  /** Bounded whatever comes, and not to be gathered again: much of it has left the log. */
  @Override
  public final boolean isSmall() {
    return true;
  }
}
