package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How one feature's value follows the events of its window.
 *
 * <p><b>Shape.</b> Events enter at the end and leave at the start, in the order of the log; a late
 * one may enter anywhere. Each is told by its index; the aggregate itself passes over those that
 * its feature does not take.
 *
 * <p>Immutable, one for all keys of an entity: what it knows of a key lies in the key's {@link
 * Cells}, all zero before the first event.
 */
abstract class WindowAggregate {

  /** Forgets everything. */
  abstract void reset(Cells cells);

  /** An event enters behind all others. */
  abstract void add(Cells cells, EventLog log, long index);

  /** The oldest event leaves. */
  abstract void remove(Cells cells, EventLog log, long index);

  /** A late event enters in its place; those from {@code index} on have moved up by one. */
  void insert(Cells cells, EventLog log, long index) {
    add(cells, log, index);
  }

  /** A late event took its place before the window: all its events have moved up by one. */
  void shift(Cells cells) {}

  /** Whether it has nothing to do when an event enters or leaves. */
  boolean isAtRest() {
    return false;
  }

  /** Makes of a stored object what it was, over the window {@code [start, end)} as it stands. */
  void restore(Cells cells, EventLog log, long start, long end) {}

  /** Writes the value over the window {@code [start, end)} into the slots from {@code slot} on. */
  abstract void read(Cells cells, EventLog log, long start, long end, Slots into, int slot);

  /** How many events pass a filter, or how many of them there are in each unit of time. */
  static class Count extends WindowAggregate {
    private final Column column;
    private final int at;

    Count(Cells.Plan plan, Column column) {
      this.column = column;
      this.at = plan.words(1);
    }

    @Override
    void reset(Cells cells) {
      cells.words[at] = 0;
    }

    @Override
    void add(Cells cells, EventLog log, long index) {
      if (column.takes(log, index)) {
        cells.words[at]++;
      }
    }

    @Override
    void remove(Cells cells, EventLog log, long index) {
      if (column.takes(log, index)) {
        cells.words[at]--;
      }
    }

    @Override
    void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
      into.setNumber(slot, cells.words[at]);
    }
  }

  /** Events of each unit of time that the window is long. */
  static final class Rate extends Count {
    private final int at;
    private final double units;

    Rate(Cells.Plan plan, Column column, double units) {
      super(plan, column);
      this.at = super.at;
      this.units = units;
    }

    @Override
    void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
      into.setReal(slot, cells.words[at] / units);
    }
  }

  /** Counts all events, which the window's bounds tell. */
  static final class Length extends WindowAggregate {
    @Override
    void reset(Cells cells) {}

    @Override
    void add(Cells cells, EventLog log, long index) {}

    @Override
    void remove(Cells cells, EventLog log, long index) {}

    @Override
    boolean isAtRest() {
      return true;
    }

    @Override
    void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
      into.setNumber(slot, end - start);
    }
  }

  /** The part of a window's events that pass one more filter. */
  static final class Share extends WindowAggregate {
    private final long mask;
    private final long also;
    private final int at;

    Share(Cells.Plan plan, long mask, long also) {
      this.mask = mask;
      this.also = also;
      this.at = plan.words(2);
    }

    @Override
    void reset(Cells cells) {
      cells.words[at] = 0;
      cells.words[at + 1] = 0;
    }

    @Override
    void add(Cells cells, EventLog log, long index) {
      change(cells, log.flags(index), 1);
    }

    @Override
    void remove(Cells cells, EventLog log, long index) {
      change(cells, log.flags(index), -1);
    }

    private void change(Cells cells, long flags, int sign) {
      if ((flags & mask) == mask) {
        cells.words[at] += sign;
        if ((flags & also) == also) {
          cells.words[at + 1] += sign;
        }
      }
    }

    @Override
    void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
      write(cells.words[at + 1], cells.words[at], into, slot);
    }

    static void write(long passed, long count, Slots into, int slot) {
      if (count == 0) {
        into.clear(slot);
      } else {
        into.setReal(slot, (double) passed / count);
      }
    }
  }

  /** What needs more than a few words: an {@link Accumulator} of each key. */
  static final class Accumulated extends WindowAggregate {
    private final Supplier<Accumulator> accumulators;
    private final int at;

    Accumulated(Cells.Plan plan, Supplier<Accumulator> accumulators) {
      this.accumulators = accumulators;
      this.at = plan.object();
    }

    private Accumulator of(Cells cells) {
      return (Accumulator) Objects.requireNonNull(cells.object(at));
    }

    @Override
    void reset(Cells cells) {
      cells.setObject(at, accumulators.get());
    }

    @Override
    void restore(Cells cells, EventLog log, long start, long end) {
      Cells.Stored stored = (Cells.Stored) Objects.requireNonNull(cells.object(at));
      Accumulator accumulator = accumulators.get();
      if (stored.isLeftOut()) {
        for (long i = start; i < end; i++) {
          accumulator.add(log, i);
        }
      } else {
        StateInput input = stored.input();
        accumulator.read(input);
        input.end();
      }
      cells.setObject(at, accumulator);
    }

    @Override
    void add(Cells cells, EventLog log, long index) {
      of(cells).add(log, index);
    }

    @Override
    void remove(Cells cells, EventLog log, long index) {
      of(cells).remove(log, index);
    }

    @Override
    void insert(Cells cells, EventLog log, long index) {
      of(cells).insert(log, index);
    }

    @Override
    void shift(Cells cells) {
      of(cells).shift();
    }

    @Override
    void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
      of(cells).read(log, start, end, into, slot);
    }
  }
}
