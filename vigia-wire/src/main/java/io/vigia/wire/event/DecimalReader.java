package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A number taken exactly; also as a JSON string, because exact decimals are usually sent so. */
final class DecimalReader extends FieldReader {
  DecimalReader(FieldDefinition field, int slot) {
    super(field, slot);
  }

  @Override
  String expected() {
    return "a decimal such as 12.5";
  }

  @Override
  @Nullable Fault json(JsonParser parser, JsonToken value, EventDraft draft) throws IOException {
    return isNumber(value) || value == JsonToken.VALUE_STRING
        ? take(scan(parser, draft), draft)
        : Fault.TYPE;
  }

  @Override
  @Nullable Fault cell(Cell cell, EventDraft draft) {
    return take(scan(cell, draft), draft);
  }

  private @Nullable Fault take(@Nullable Fault scanned, EventDraft draft) {
    if (scanned != null) {
      return scanned;
    }
    BigDecimal value = draft.number.toDecimal();
    if (value == null) {
      return Fault.DECIMAL_RANGE;
    }
    draft.values.setObject(slot(), value);
    return null;
  }

  @Override
  void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException {
    out.writeNumber((BigDecimal) draft.values.object(slot()));
  }
}
