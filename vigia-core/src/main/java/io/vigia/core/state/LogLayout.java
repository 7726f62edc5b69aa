package io.vigia.core.state;

import io.vigia.core.event.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EventLog} keeps of each event.
 *
 * <p><b>Shape.</b> One column for each field that some feature reads, and one bit for each
 * different {@code where}: whether the event passed it. In memory an event is a row of words: its
 * time, its flags where it needs them, and one word for each column but those of texts; and a row
 * of objects for the texts and for decimals too wide for a word.
 *
 * <p><b>Units and bounds.</b> Columns and filters together at most {@value #MAX_FLAGS}.
 */
public final class LogLayout {
  /** Presence of columns and answers of filters share one 64-bit word. */
  public static final int MAX_FLAGS = 63;

  /** Where a column has no place. */
  static final int NOWHERE = -1;

  /** A reference and a short text. */
  private static final int OBJECT_BYTES = 60;

  private final List<FieldType> columns;
  private final int filters;
  private final boolean optional;
  private final boolean hasFlags;
  private final int stride;
  private final int objectStride;
  private final boolean hasTexts;
  private final int[] words;
  private final int[] objects;

  /**
   * @param optional whether any column's field may be missing
   */
  public LogLayout(List<FieldType> columns, int filters, boolean optional) {
    this.columns = List.copyOf(columns);
    this.filters = filters;
    this.optional = optional;
    this.hasFlags = filters > 0 || optional;
    this.words = new int[columns.size()];
    this.objects = new int[columns.size()];
    int word = hasFlags ? 2 : 1;
    int object = 0;
    for (int c = 0; c < words.length; c++) {
      FieldType type = columns.get(c);
      words[c] = type == FieldType.STRING ? NOWHERE : word++;
      objects[c] = type.isNumber() ? NOWHERE : object++;
    }
    this.stride = word;
    this.objectStride = object;
    this.hasTexts = columns.contains(FieldType.STRING);
  }

  public List<FieldType> columns() {
    return columns;
  }

  public int filters() {
    return filters;
  }

  public boolean optional() {
    return optional;
  }

  /** Whether events need a word of flags at all. */
  boolean hasFlags() {
    return hasFlags;
  }

  /** Words a row. */
  int stride() {
    return stride;
  }

  /** Objects a row, where there are any. */
  int objectStride() {
    return objectStride;
  }

  /** Whether every row has objects, and not only those with a wide decimal. */
  boolean hasTexts() {
    return hasTexts;
  }

  /** About how many bytes a row takes in memory. */
  int rowBytes() {
    return Long.BYTES * stride + (hasTexts ? OBJECT_BYTES * objectStride : 0);
  }

  /** The place of a column in a row of words, or {@link #NOWHERE}. */
  int word(int column) {
    return words[column];
  }

  /** The place of a column in a row of objects, or {@link #NOWHERE}. */
  int object(int column) {
    return objects[column];
  }

  /** The bit that says that a column's value is there. */
  public static long columnFlag(int column) {
    return 1L << column;
  }

  /** The bit that says that an event passed a filter. */
  public long filterFlag(int filter) {
    return 1L << (columns.size() + filter);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LogLayout that
        && columns.equals(that.columns)
        && filters == that.filters
        && optional == that.optional;
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + 2 * filters + (optional ? 1 : 0);
  }

  @Override
  public String toString() {
    return columns + " and " + filters + " filters" + (optional ? ", optional" : "");
  }
}
