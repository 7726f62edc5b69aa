package io.vigia.core.feature;

import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import java.util.Arrays;
import java.util.Objects;

/** The exact sum or the mean of a column. */
abstract class SumAggregate extends WindowAggregate {
  final Column column;
  private final boolean mean;

  private SumAggregate(Column column, boolean mean) {
    this.column = column;
    this.mean = mean;
  }

  static WindowAggregate of(Cells.Plan plan, Column column, boolean mean) {
    return switch (column.type()) {
      case INT -> new OfInts(plan, column, mean);
      case DECIMAL -> new OfDecimals(plan, column, mean);
      case DOUBLE -> new Accumulated(plan, () -> new Accumulator.Sum(column, mean));
      case STRING, BOOL, TIMESTAMP ->
          throw new IllegalArgumentException("sum of a column: got type " + column.type());
    };
  }

  @Override
  final void add(Cells cells, EventLog log, long index) {
    if (column.takes(log, index)) {
      change(cells, log, index, 1);
    }
  }

  @Override
  final void remove(Cells cells, EventLog log, long index) {
    if (column.takes(log, index)) {
      change(cells, log, index, -1);
    }
  }

  @Override
  final void read(Cells cells, EventLog log, long start, long end, Slots into, int slot) {
    if (mean) {
      readMean(cells, into, slot);
    } else {
      readSum(cells, into, slot);
    }
  }

  /** Adds the value of an event once, or takes it away once. */
  abstract void change(Cells cells, EventLog log, long index, int sign);

  abstract void readSum(Cells cells, Slots into, int slot);

  abstract void readMean(Cells cells, Slots into, int slot);

  static final class OfInts extends SumAggregate {
    private final int at;

    OfInts(Cells.Plan plan, Column column, boolean mean) {
      super(column, mean);
      this.at = plan.words(WholeSum.WORDS);
    }

    @Override
    void reset(Cells cells) {
      Arrays.fill(cells.words, at, at + WholeSum.WORDS, 0);
    }

    @Override
    void change(Cells cells, EventLog log, long index, int sign) {
      WholeSum.change(cells.words, at, log.number(index, column.column()), sign);
    }

    @Override
    void readSum(Cells cells, Slots into, int slot) {
      WholeSum.readSum(cells.words, at, into, slot);
    }

    @Override
    void readMean(Cells cells, Slots into, int slot) {
      WholeSum.readMean(cells.words, at, into, slot);
    }
  }

  static final class OfDecimals extends SumAggregate {
    /*
     * In three words as long as that goes; a window with more places or larger sums has a Total instead, until
     * it is empty.
     */
    private final int at;
    private final int total;

    OfDecimals(Cells.Plan plan, Column column, boolean mean) {
      super(column, mean);
      this.at = plan.words(DecimalSum.WORDS);
      this.total = plan.object();
    }

    @Override
    void reset(Cells cells) {
      Arrays.fill(cells.words, at, at + DecimalSum.WORDS, 0);
      cells.setObject(total, null);
    }

    @Override
    void change(Cells cells, EventLog log, long index, int sign) {
      if (cells.object(total) == null
          && DecimalSum.change(cells.words, at, log.number(index, column.column()), sign)) {
        return;
      }
      Total large = large(cells);
      if (sign > 0) {
        large.add(log, index, column.column());
      } else {
        large.subtract(log, index, column.column());
      }
      if (large.count() == 0) {
        reset(cells);
      }
    }

    @Override
    void restore(Cells cells, EventLog log, long start, long end) {
      if (cells.object(total) instanceof Cells.Stored stored) {
        StateInput input = stored.input();
        cells.setObject(total, Total.read(column.type(), input));
        input.end();
      }
    }

    private Total large(Cells cells) {
      if (cells.object(total) == null) {
        cells.setObject(total, Total.of(cells.words, at));
      }
      return (Total) Objects.requireNonNull(cells.object(total));
    }

    @Override
    void readSum(Cells cells, Slots into, int slot) {
      if (cells.object(total) instanceof Total large) {
        large.readSum(into, slot);
      } else {
        DecimalSum.readSum(cells.words, at, into, slot);
      }
    }

    @Override
    void readMean(Cells cells, Slots into, int slot) {
      if (cells.object(total) instanceof Total large) {
        large.readMean(into, slot);
      } else {
        DecimalSum.readMean(cells.words, at, into, slot);
      }
    }
  }
}
