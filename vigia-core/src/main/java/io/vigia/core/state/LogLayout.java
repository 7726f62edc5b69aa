package io.vigia.core.state;

import io.vigia.core.event.FieldType;
import java.util.List;

/**
 * What an {@link EventLog} keeps of each event.
 *
 * <p><b>Shape.</b> One column for each field that some feature reads, and one bit for each
 * different {@code where}: whether the event passed it.
 *
 * <p><b>Units and bounds.</b> Columns and filters together at most {@value #MAX_FLAGS}.
 *
 * @param optional whether any column's field may be missing
 */
public record LogLayout(List<FieldType> columns, int filters, boolean optional) {
  /** Presence of columns and answers of filters share one 64-bit word. */
  public static final int MAX_FLAGS = 63;

  public LogLayout {
    columns = List.copyOf(columns);
  }

  /** Whether events need a word of flags at all. */
  boolean hasFlags() {
    return filters > 0 || optional;
  }

  /** The bit that says that a column's value is there. */
  public static long columnFlag(int column) {
    return 1L << column;
  }

  /** The bit that says that an event passed a filter. */
  public long filterFlag(int filter) {
    return 1L << (columns.size() + filter);
  }
}
