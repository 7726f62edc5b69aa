package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A time in the field's format, cut to milliseconds. */
final class TimestampReader extends FieldReader {
  /** Longer than any time is written. */
  private static final int LONGEST = 256;

  private final TimeText format;

  TimestampReader(FieldDefinition field, int slot) {
    super(field, slot);
    this.format = TimeText.of(field.format());
  }

  @Override
  String expected() {
    return format.expected();
  }

  @Override
  boolean takesNumbers() {
    return format.takesNumbers();
  }

  @Override
  @Nullable Fault json(JsonParser parser, JsonToken value, EventDraft draft) throws IOException {
    if (isNumber(value) && format.takesNumbers()) {
      Fault fault = scan(parser, draft);
      return fault != null ? fault : take(format.number(draft.number), draft);
    }
    if (value != JsonToken.VALUE_STRING || parser.getTextLength() > LONGEST) {
      return Fault.TYPE;
    }
    return take(
        format.text(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()),
        draft);
  }

  @Override
  @Nullable Fault cell(Cell cell, EventDraft draft) {
    if (format.takesNumbers() && scan(cell, draft) == null) {
      return take(format.number(draft.number), draft);
    }
    int length = cell.trim();
    return length > LONGEST ? Fault.TYPE : take(format.text(cell.chars(), 0, length), draft);
  }

  private @Nullable Fault take(long time, EventDraft draft) {
    if (time == IsoTime.MALFORMED) {
      return Fault.TYPE;
    }
    if (time == IsoTime.NO_OFFSET) {
      return Fault.OFFSET;
    }
    if (time == IsoTime.BEYOND) {
      return Fault.YEAR;
    }
    draft.values.setNumber(slot(), time);
    return null;
  }

  /** In the field's own format, so that whoever reads the JSON by the same declaration agrees. */
  @Override
  void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException {
    int length = cell.trim();
    if (format.takesNumbers() && draft.number.scan(cell.chars(), 0, length)) {
      out.writeNumber(
          BigDecimal.valueOf(draft.values.number(slot())).scaleByPowerOfTen(-format.power()));
    } else {
      out.writeString(cell.chars(), 0, length);
    }
  }
}
