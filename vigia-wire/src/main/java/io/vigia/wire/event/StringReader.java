package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON string; a cell as it is written. */
final class StringReader extends FieldReader {
  StringReader(FieldDefinition field, int slot) {
    super(field, slot);
  }

  @Override
  String expected() {
    return "a string";
  }

  @Override
  @Nullable Fault json(JsonParser parser, JsonToken value, EventDraft draft) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      return Fault.TYPE;
    }
    String text = parser.getText();
    // Only an escape can bring in half a surrogate pair or a NUL: the bytes were checked before.
    return take(text, draft.hasBackslash() ? odd(text) : null, draft);
  }

  /** A string may be spaces. */
  @Override
  boolean isMissing(Cell cell) {
    return cell.isEmpty();
  }

  @Override
  @Nullable Fault cell(Cell cell, EventDraft draft) {
    String text = cell.text();
    return take(text, draft.hasZero() ? odd(text) : null, draft);
  }

  private @Nullable Fault take(String text, @Nullable Fault odd, EventDraft draft) {
    if (odd != null || text.length() > EventLimits.TEXT_CHARS) {
      return odd != null ? odd : Fault.TEXT_LENGTH;
    }
    draft.values.setObject(slot(), text);
    return null;
  }

  /** A NUL, which PostgreSQL cannot keep, or half a surrogate pair, which UTF-8 cannot. */
  static @Nullable Fault odd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Fault.NUL;
      }
      if (Character.isSurrogate(c)) {
        i++;
        if (Character.isLowSurrogate(c)
            || i == text.length()
            || !Character.isLowSurrogate(text.charAt(i))) {
          return Fault.SURROGATE;
        }
      }
    }
    return null;
  }

  @Override
  void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException {
    out.writeString((String) draft.values.object(slot()));
  }
}
