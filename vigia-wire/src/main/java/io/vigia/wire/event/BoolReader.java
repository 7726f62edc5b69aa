package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON's true and false; in a cell the words in any case, or 1 and 0. */
final class BoolReader extends FieldReader {
  BoolReader(FieldDefinition field, int slot) {
    super(field, slot);
  }

  @Override
  String expected() {
    return "true or false";
  }

  @Override
  @Nullable Fault json(JsonParser parser, JsonToken value, EventDraft draft) {
    if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
      return Fault.TYPE;
    }
    draft.values.setNumber(slot(), value == JsonToken.VALUE_TRUE ? 1 : 0);
    return null;
  }

  @Override
  @Nullable Fault cell(Cell cell, EventDraft draft) {
    if (cell.trim() > 5) {
      return Fault.TYPE;
    }
    String word = cell.trimmed();
    boolean yes = word.equals("1") || word.equalsIgnoreCase("true");
    if (!yes && !word.equals("0") && !word.equalsIgnoreCase("false")) {
      return Fault.TYPE;
    }
    draft.values.setNumber(slot(), yes ? 1 : 0);
    return null;
  }

  @Override
  void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException {
    out.writeBoolean(draft.values.number(slot()) != 0);
  }
}
