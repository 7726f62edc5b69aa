package io.vigia.core.state;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.PackedDecimal;
import java.math.BigDecimal;

/**
 * The binary form of the events of an {@link EventLog}: times as steps from one to the next, flags
 * where the layout has any, and of the columns those that are there.
 */
final class LogRows {
  private LogRows() {}

  /** Writes the events {@code [from, to)}. */
  static void write(EventLog log, long from, long to, StateOutput output) {
    LogLayout layout = log.layout();
    long before = 0;
    for (long index = from; index < to; index++) {
      long time = log.time(index);
      output.writeSigned(time - before);
      before = time;
      if (layout.hasFlags()) {
        output.writeUnsigned(log.flags(index));
      }
      for (int column = 0; column < layout.columns().size(); column++) {
        if (log.has(index, column)) {
          writeValue(log, index, column, output);
        }
      }
    }
  }

  private static void writeValue(EventLog log, long index, int column, StateOutput output) {
    FieldType type = log.layout().columns().get(column);
    switch (type) {
      case STRING -> output.writeText((String) log.object(index, column));
      case DECIMAL -> output.writeDecimal((BigDecimal) log.object(index, column));
      case DOUBLE -> output.writeFixed(log.number(index, column));
      case INT, BOOL, TIMESTAMP -> output.writeSigned(log.number(index, column));
    }
  }

  /** Reads what {@link #write} wrote into rows for which there is room. */
  static void read(EventLog log, long from, int count, StateInput input) {
    LogLayout layout = log.layout();
    long time = 0;
    for (long index = from; index < from + count; index++) {
      long step = input.readSigned();
      // Before what is kept there may lie one that came too late and was dropped at once.
      if (index > Math.max(from, log.first()) && step < 0) {
        throw new IllegalStateException("damaged state: found events out of order");
      }
      time += step;
      long flags = layout.hasFlags() ? input.readUnsigned() : -1L;
      log.place(index, time, flags);
      for (int column = 0; column < layout.columns().size(); column++) {
        if ((flags & LogLayout.columnFlag(column)) != 0) {
          readValue(log, index, column, input);
        }
      }
    }
  }

  private static void readValue(EventLog log, long index, int column, StateInput input) {
    switch (log.layout().columns().get(column)) {
      case STRING -> log.setObject(index, column, input.readText());
      case DECIMAL -> setDecimal(log, index, column, input.readDecimal());
      case DOUBLE -> log.setNumber(index, column, input.readFixed());
      case INT, BOOL, TIMESTAMP -> log.setNumber(index, column, input.readSigned());
    }
  }

  private static void setDecimal(EventLog log, long index, int column, BigDecimal decimal) {
    long packed = PackedDecimal.of(decimal);
    log.setNumber(index, column, packed);
    if (packed == PackedDecimal.WIDE) {
      log.setObject(index, column, decimal);
    }
  }
}
