package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;

/**
 * The values of a column as keys: equal as keys when they are equal as values, in their order.
 *
 * <p>A decimal is brought to its shortest form, so that what is given out does not depend on which
 * of several equal ones came first.
 */
final class ColumnValues {
  private ColumnValues() {}

  static Comparable<Object> key(EventLog log, long index, Column column) {
    return comparable(
        switch (column.type()) {
          case INT, TIMESTAMP, BOOL -> log.number(index, column.column());
          case DOUBLE -> log.real(index, column.column());
          case STRING -> log.object(index, column.column());
          case DECIMAL -> shortest((BigDecimal) log.object(index, column.column()));
        });
  }

  @SuppressWarnings("unchecked") // Only keys of one column are compared.
  private static Comparable<Object> comparable(Object key) {
    return (Comparable<Object>) key;
  }

  private static BigDecimal shortest(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  static void write(Object key, FieldType type, Slots into, int slot) {
    switch (type) {
      case INT, TIMESTAMP, BOOL -> into.setNumber(slot, (Long) key);
      case DOUBLE -> into.setReal(slot, (Double) key);
      case STRING, DECIMAL -> into.setObject(slot, key);
    }
  }

  static void write(Object key, FieldType type, StateOutput output) {
    switch (type) {
      case INT, TIMESTAMP, BOOL -> output.writeSigned((Long) key);
      case DOUBLE -> output.writeReal((Double) key);
      case STRING -> output.writeText((String) key);
      case DECIMAL -> output.writeDecimal((BigDecimal) key);
    }
  }

  static Comparable<Object> read(FieldType type, StateInput input) {
    return comparable(
        switch (type) {
          case INT, TIMESTAMP, BOOL -> input.readSigned();
          case DOUBLE -> input.readReal();
          case STRING -> input.readText();
          case DECIMAL -> input.readDecimal();
        });
  }
}
