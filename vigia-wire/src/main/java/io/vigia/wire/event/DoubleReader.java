package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A number, rounded to the nearest double. */
final class DoubleReader extends FieldReader {
  DoubleReader(FieldDefinition field, int slot) {
    super(field, slot);
  }

  @Override
  String expected() {
    return "a double such as 0.5";
  }

  @Override
  boolean takesNumbers() {
    return true;
  }

  @Override
  @Nullable Fault json(JsonParser parser, JsonToken value, EventDraft draft) throws IOException {
    return isNumber(value) ? take(scan(parser, draft), draft) : Fault.TYPE;
  }

  @Override
  @Nullable Fault cell(Cell cell, EventDraft draft) {
    return take(scan(cell, draft), draft);
  }

  private @Nullable Fault take(@Nullable Fault scanned, EventDraft draft) {
    if (scanned != null) {
      return scanned;
    }
    double value = draft.number.toDouble();
    if (Double.isNaN(value)) {
      return Fault.DOUBLE_RANGE;
    }
    draft.values.setReal(slot(), value);
    return null;
  }

  @Override
  void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException {
    out.writeNumber(draft.values.real(slot()));
  }
}
