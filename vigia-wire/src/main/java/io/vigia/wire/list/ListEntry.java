package io.vigia.wire.list;

import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;

/**
 * What somebody asks to be said about a value of a list.
 *
 * <p><b>Units and bounds.</b> {@code untilMs} is epoch milliseconds, {@code ListChange.FOR_EVER}
 * without an end; a length of time that was asked for counts from when it was asked.
 */
public record ListEntry(Object value, Kind kind, long untilMs, String note) {
  public ListEntry {
    value = ListChange.normal(value);
  }

  /** The same, saying something else. */
  public ListEntry as(Kind other) {
    return new ListEntry(value, other, untilMs, note);
  }
}
