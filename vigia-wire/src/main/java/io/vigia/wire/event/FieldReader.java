package io.vigia.wire.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.StreamSchema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one field, from JSON and from the cell of a CSV file, into the field's slot.
 * Immutable, safe for several threads; what changes is in the {@link EventDraft}.
 */
abstract sealed class FieldReader
    permits StringReader, IntReader, DoubleReader, BoolReader, TimestampReader, DecimalReader {
  private final FieldDefinition field;
  private final int slot;

  FieldReader(FieldDefinition field, int slot) {
    this.field = field;
    this.slot = slot;
  }

  /** The reader for a field's type. */
  static FieldReader of(StreamSchema stream, int slot) {
    FieldDefinition field = stream.field(slot);
    return switch (field.type()) {
      case STRING -> new StringReader(field, slot);
      case INT -> new IntReader(field, slot);
      case DOUBLE -> new DoubleReader(field, slot);
      case BOOL -> new BoolReader(field, slot);
      case TIMESTAMP -> new TimestampReader(field, slot);
      case DECIMAL -> new DecimalReader(field, slot);
    };
  }

  /** The name in the incoming data. */
  final String from() {
    return field.from();
  }

  /** The name in the pipeline file. */
  final String name() {
    return field.name().value();
  }

  final boolean optional() {
    return field.optional();
  }

  final int slot() {
    return slot;
  }

  /** What the field expects, as it stands in a message. */
  abstract String expected();

  /** Whether a JSON number can be right. */
  boolean takesNumbers() {
    return false;
  }

  /** Reads the parser's current value, never a JSON null; null when it was taken. */
  abstract @Nullable Fault json(JsonParser parser, JsonToken value, EventDraft draft)
      throws IOException;

  /** Whether a cell holds no value. */
  boolean isMissing(Cell cell) {
    return cell.isBlank();
  }

  /** Reads a cell that is not missing; null when it was taken. */
  abstract @Nullable Fault cell(Cell cell, EventDraft draft);

  /** Writes the cell just read as JSON that this reader reads to the same value. */
  abstract void write(JsonGenerator out, Cell cell, EventDraft draft) throws IOException;

  /** Scans the parser's current number. */
  static @Nullable Fault scan(JsonParser parser, EventDraft draft) throws IOException {
    int length = parser.getTextLength();
    if (length > EventLimits.NUMBER_CHARS) {
      return Fault.NUMBER_LENGTH;
    }
    return draft.number.scan(parser.getTextCharacters(), parser.getTextOffset(), length)
        ? null
        : Fault.TYPE;
  }

  /** Scans a cell as a number. */
  static @Nullable Fault scan(Cell cell, EventDraft draft) {
    int length = cell.trim();
    if (length > EventLimits.NUMBER_CHARS) {
      return Fault.NUMBER_LENGTH;
    }
    return draft.number.scan(cell.chars(), 0, length) ? null : Fault.TYPE;
  }

  static boolean isNumber(JsonToken value) {
    return value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT;
  }
}
