package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A number that is whole and fits 64 bits, however it is written: 5, 5.0, 0.5e1. */
final class IntReader extends FieldReader {
  IntReader(FieldDefinition field, int slot) {
    super(field, slot);
  }

  @Override
  String expected() {
    return "an int such as 42";
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
    Fault fault = scanned != null ? scanned : draft.number.toLong();
    if (fault == null) {
      draft.values.setNumber(slot(), draft.number.whole());
    }
    return fault;
  }

  @Override
  void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException {
    out.writeNumber(draft.values.number(slot()));
  }
}
