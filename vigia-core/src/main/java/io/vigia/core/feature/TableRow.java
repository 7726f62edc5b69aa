package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Slots;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * The row of a key: what the newest event says, unless it deletes the row or was too long ago.
 *
 * <p><b>Shape.</b> Of events of one time the one that came last is the newest. A row that was
 * deleted is kept without its values, so that an older event which comes later does not bring it
 * back.
 *
 * <p><b>Units and bounds.</b> The bytes of its values, its time and one byte.
 */
final class TableRow extends Fold {

  /**
   * What the rows of a table have in common.
   *
   * @param deletes the flag of an event that takes the row away; 0 where none does
   * @param livesMs how long a row lives after its event
   */
  record Shape(int[] columns, FieldType[] types, long deletes, long livesMs) {
    boolean isDeletedBy(long flags) {
      return deletes != 0 && (flags & deletes) == deletes;
    }
  }

  private static final int KNOWN = 1;
  private static final int THERE = 2;

  private final Shape shape;
  private final Slots held;
  private boolean known;
  private boolean there;
  private long timeMs;

  TableRow(Shape shape) {
    this.shape = shape;
    this.held = new Slots(shape.columns.length);
  }

  TableRow(Shape shape, StateInput input) {
    this(shape);
    int kept = input.readByte();
    known = (kept & KNOWN) != 0;
    there = (kept & THERE) != 0;
    timeMs = input.readSigned();
    for (int i = 0; there && i < shape.types.length; i++) {
      if (input.readByte() != 0) {
        readValue(shape.types[i], input, i);
      }
    }
  }

  private void readValue(FieldType type, StateInput input, int i) {
    switch (type) {
      case STRING -> held.setObject(i, input.readText());
      case DECIMAL -> held.setObject(i, input.readDecimal());
      case DOUBLE, INT, BOOL, TIMESTAMP -> held.setNumber(i, input.readFixed());
    }
  }

  @Override
  void include(EventLog log, long index) {
    if (known && log.time(index) < timeMs) {
      return;
    }
    timeMs = log.time(index);
    known = true;
    there = !shape.isDeletedBy(log.flags(index));
    for (int i = 0; i < shape.columns.length; i++) {
      if (there) {
        log.read(index, shape.columns[i], held, i);
      } else {
        held.clear(i);
      }
    }
  }

  @Override
  void read(Slots into, int slot, long nowMs) {
    boolean lives = there && nowMs - timeMs < shape.livesMs;
    if (lives) {
      into.setNumber(slot, 1);
    } else {
      into.clear(slot);
    }
    for (int i = 0; i < shape.columns.length; i++) {
      if (lives) {
        into.copyFrom(held, i, slot + 1 + i);
      } else {
        into.clear(slot + 1 + i);
      }
    }
  }

  @Override
  boolean isOver() {
    return !there;
  }

  @Override
  public Fold copy() {
    TableRow copy = new TableRow(shape);
    copy.known = known;
    copy.there = there;
    copy.timeMs = timeMs;
    for (int i = 0; i < shape.columns.length; i++) {
      copy.held.copyFrom(held, i, i);
    }
    return copy;
  }

  @Override
  public void write(StateOutput output) {
    output.writeByte((known ? KNOWN : 0) | (there ? THERE : 0));
    output.writeSigned(timeMs);
    for (int i = 0; there && i < shape.types.length; i++) {
      output.writeByte(held.has(i) ? 1 : 0);
      if (held.has(i)) {
        writeValue(output, i);
      }
    }
  }

  private void writeValue(StateOutput output, int i) {
    switch (shape.types[i]) {
      case STRING -> output.writeText((String) Objects.requireNonNull(held.object(i)));
      case DECIMAL -> output.writeDecimal((BigDecimal) Objects.requireNonNull(held.object(i)));
      case DOUBLE, INT, BOOL, TIMESTAMP -> output.writeFixed(held.number(i));
    }
  }
}
