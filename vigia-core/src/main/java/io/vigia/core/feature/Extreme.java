package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;

/**
 * The smallest or largest value of a window.
 *
 * <p><b>Units and bounds.</b> O(1) amortised an event in order; a late event O(candidates).
 */
final class Extreme extends Accumulator {
  /*
   * A monotonic queue: the indices of those events that can still become the extreme, oldest first, their
   * values strictly further from the extreme the younger they are. An event that enters drives out all
   * before it that are no better, because they leave before it does. The head is the answer. Of equal values
   * the youngest stays, whichever way the queue came about.
   */
  private final Column column;
  private final int sign;
  private long[] queue = new long[4];
  private int head;
  private int size;

  /**
   * @param largest whether the maximum is wanted rather than the minimum
   */
  Extreme(Column column, boolean largest) {
    this.column = column;
    this.sign = largest ? -1 : 1;
  }

  @Override
  void add(EventLog log, long index) {
    if (column.takes(log, index)) {
      while (size > 0 && isNoBetter(log, at(size - 1), index)) {
        size--;
      }
      open(size);
      put(size - 1, index);
    }
  }

  @Override
  void remove(EventLog log, long index) {
    if (size > 0 && at(0) == index) {
      head = (head + 1) % queue.length;
      size--;
    }
  }

  @Override
  void insert(EventLog log, long index) {
    int place = size;
    while (place > 0 && at(place - 1) >= index) {
      place--;
      put(place, at(place) + 1);
    }
    if (!column.takes(log, index) || (place < size && isNoBetter(log, index, at(place)))) {
      return;
    }
    int keep = place;
    while (keep > 0 && isNoBetter(log, at(keep - 1), index)) {
      keep--;
    }
    if (keep == place) {
      open(place);
    } else {
      int gone = place - keep - 1;
      for (int i = place; i < size; i++) {
        put(i - gone, at(i));
      }
      size -= gone;
    }
    put(keep, index);
  }

  @Override
  void shift() {
    for (int i = 0; i < size; i++) {
      put(i, at(i) + 1);
    }
  }

  @Override
  void read(EventLog log, long start, long end, Slots into, int slot) {
    if (size == 0) {
      into.clear(slot);
    } else {
      log.read(at(0), column.column(), into, slot);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void write(StateOutput output) {
    output.writeUnsigned(size);
    for (int i = 0; i < size; i++) {
      output.writeUnsigned(at(i));
    }
  }

  @Override
  void read(StateInput input) {
    int count = input.readCount(1);
    for (int i = 0; i < count; i++) {
      open(i);
      put(i, input.readUnsigned());
    }
  }

  /** Whether {@code older} can be forgotten once {@code younger} is there. */
  private boolean isNoBetter(EventLog log, long older, long younger) {
    return sign * column.compare(log, older, younger) >= 0;
  }

  private long at(int position) {
    return queue[(head + position) % queue.length];
  }

  private void put(int position, long index) {
    queue[(head + position) % queue.length] = index;
  }

  /** Makes a place at {@code position}, moving what is behind it. */
  private void open(int position) {
    if (size == queue.length) {
      long[] grown = new long[size * 2];
      for (int i = 0; i < size; i++) {
        grown[i] = at(i);
      }
      queue = grown;
      head = 0;
    }
    size++;
    for (int i = size - 1; i > position; i--) {
      put(i, at(i - 1));
    }
  }
}
