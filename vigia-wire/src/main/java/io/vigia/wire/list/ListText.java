package io.vigia.wire.list;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.TextValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The one text that stands for a value of a list: in keys of records, in paths, on screens. */
public final class ListText {
  private ListText() {}

  /** The text; equal values have the same one. */
  public static String of(Object value) {
    Object normal = ListChange.normal(value);
    return normal instanceof BigDecimal decimal ? decimal.toPlainString() : normal.toString();
  }

  /** The value that a text stands for; null when it is not of the type. */
  public static @Nullable Object parse(FieldType type, String text) {
    Object value = TextValue.parse(type, text);
    return value == null ? null : ListChange.normal(value);
  }
}
