package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;

/** The part of a window's events that pass one more filter; the feature {@code ratio}. */
final class Share extends Accumulator {
  private final long mask;
  private final long also;
  private long count;
  private long passed;

  Share(long mask, long also) {
    this.mask = mask;
    this.also = also;
  }

  @Override
  void add(EventLog log, long index) {
    change(log.flags(index), 1);
  }

  @Override
  void remove(EventLog log, long index) {
    change(log.flags(index), -1);
  }

  private void change(long flags, int sign) {
    if ((flags & mask) == mask) {
      count += sign;
      if ((flags & also) == also) {
        passed += sign;
      }
    }
  }

  @Override
  void read(EventLog log, long start, long end, Slots into, int slot) {
    write(passed, count, into, slot);
  }

  static void write(long passed, long count, Slots into, int slot) {
    if (count == 0) {
      into.clear(slot);
    } else {
      into.setReal(slot, (double) passed / count);
    }
  }
}
