package io.vigia.core.pattern;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.state.StateInput;
import io.vigia.core.state.StateOutput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * What the partial matches of one pattern keep of the events they have taken: only what some
 * condition reads.
 *
 * <p><b>Shape.</b> A partial match has a {@link Slots} of {@link #size()}; while a condition is
 * tested they lie in the row's slots from {@code scratch} on, where its variables point to.
 */
final class Captures {
  private static final int MISSING = 0;
  private static final int PRESENT = 1;

  private final Capture[] captures;
  private final int scratch;
  private final Slots nothing;

  Captures(List<Capture> captures, int scratch) {
    this.captures = captures.toArray(Capture[]::new);
    this.scratch = scratch;
    this.nothing = new Slots(captures.size());
    for (int i = 0; i < captures.size(); i++) {
      if (captures.get(i).kind() == Capture.Kind.COUNT) {
        nothing.setNumber(i, 0);
      }
    }
  }

  int size() {
    return captures.length;
  }

  /** Those of a partial match that has taken nothing. */
  Slots nothing() {
    return nothing;
  }

  /** Whether it is kept how many events a step has taken. */
  boolean counts(int step) {
    for (Capture capture : captures) {
      if (capture.step() == step && capture.kind() == Capture.Kind.COUNT) {
        return true;
      }
    }
    return false;
  }

  /** Those after a step's {@code count}th event; the given ones are not changed. */
  Slots after(Slots before, int step, int count, Event event) {
    if (captures.length == 0) {
      return before;
    }
    Slots after = new Slots(captures.length);
    for (int i = 0; i < captures.length; i++) {
      Capture capture = captures[i];
      boolean keeps = capture.step() != step || (capture.kind() == Capture.Kind.FIRST && count > 1);
      if (keeps) {
        after.copyFrom(before, i, i);
      } else if (capture.kind() == Capture.Kind.COUNT) {
        after.setNumber(i, count);
      } else {
        after.copyFrom(event.values(), event.stream().position(capture.field()), i);
      }
    }
    return after;
  }

  void load(Slots captured, Row row) {
    for (int i = 0; i < captures.length; i++) {
      row.features().copyFrom(captured, i, scratch + i);
    }
  }

  /** Leaves nothing behind in the row. */
  void unload(Row row) {
    for (int i = 0; i < captures.length; i++) {
      row.features().clear(scratch + i);
    }
  }

  boolean areEqual(Slots a, Slots b) {
    for (int i = 0; i < captures.length; i++) {
      if (a.has(i) != b.has(i)) {
        return false;
      }
      if (a.has(i)
          && (captures[i].type().isNumber()
              ? a.number(i) != b.number(i)
              : !Objects.equals(a.object(i), b.object(i)))) {
        return false;
      }
    }
    return true;
  }

  void write(Slots captured, StateOutput output) {
    for (int i = 0; i < captures.length; i++) {
      output.writeByte(captured.has(i) ? PRESENT : MISSING);
      if (captured.has(i)) {
        writeValue(captured, i, captures[i].type(), output);
      }
    }
  }

  private static void writeValue(Slots captured, int i, FieldType type, StateOutput output) {
    switch (type) {
      case STRING -> output.writeText((String) Objects.requireNonNull(captured.object(i)));
      case DECIMAL -> output.writeDecimal((BigDecimal) Objects.requireNonNull(captured.object(i)));
      case DOUBLE -> output.writeReal(captured.real(i));
      case INT, BOOL, TIMESTAMP -> output.writeSigned(captured.number(i));
    }
  }

  Slots read(StateInput input) {
    Slots captured = new Slots(captures.length);
    for (int i = 0; i < captures.length; i++) {
      if (input.readByte() == PRESENT) {
        switch (captures[i].type()) {
          case STRING -> captured.setObject(i, input.readText());
          case DECIMAL -> captured.setObject(i, input.readDecimal());
          case DOUBLE -> captured.setReal(i, input.readReal());
          case INT, BOOL, TIMESTAMP -> captured.setNumber(i, input.readSigned());
        }
      }
    }
    return captured;
  }
}
