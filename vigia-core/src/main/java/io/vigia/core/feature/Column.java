package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.PackedDecimal;
import io.vigia.core.state.EventLog;
import java.math.BigDecimal;

/**
 * What an accumulator reads of a log: a column, of those events that have it and that pass the
 * feature's filter.
 *
 * <p><b>Shape.</b> {@code column} is -1 where only the event counts; {@code mask} has the flags an
 * event must carry.
 */
record Column(int column, FieldType type, long mask) {

  boolean takes(EventLog log, long index) {
    return (log.flags(index) & mask) == mask;
  }

  /** Compares the values of two events that are both taken. */
  int compare(EventLog log, long a, long b) {
    return switch (type) {
      case INT, TIMESTAMP, BOOL -> Long.compare(log.number(a, column), log.number(b, column));
      case DOUBLE -> Double.compare(log.real(a, column), log.real(b, column));
      case STRING -> ((String) log.object(a, column)).compareTo((String) log.object(b, column));
      case DECIMAL -> {
        int order = PackedDecimal.order(log.number(a, column), log.number(b, column));
        yield order != PackedDecimal.UNKNOWN
            ? order
            : ((BigDecimal) log.object(a, column)).compareTo((BigDecimal) log.object(b, column));
      }
    };
  }
}
