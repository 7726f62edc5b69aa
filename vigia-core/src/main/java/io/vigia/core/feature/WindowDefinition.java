package io.vigia.core.feature;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which events a feature looks at, as the pipeline file says it.
 *
 * <table>
 * <caption>What a window covers at an event of time t, without delay</caption>
 * <tr><th>in the file</th><th>kind, size</th><th>events</th></tr>
 * <tr><td></td><td>EVER</td><td>all up to t</td></tr>
 * <tr><td>{@code over: w}</td><td>LOOK_BACK, w in ms</td><td>those in {@code (t − w, t]}</td></tr>
 * <tr><td>{@code over: w, resolution: r}</td><td>the same, r in ms</td>
 *     <td>those in {@code (⌊(t − w) / r⌋·r, t]}</td></tr>
 * <tr><td>{@code over: {events: n}}</td><td>LAST_EVENTS, n</td>
 *     <td>the last n up to t that pass the feature's {@code where}</td></tr>
 * <tr><td>{@code each: day, zone: z}</td><td>CALENDAR</td>
 *     <td>those in {@code [start, t]}, start being the beginning of t's period</td></tr>
 * <tr><td>{@code session: g}</td><td>SESSION, g in ms</td>
 *     <td>back from t as long as each is less than g before the next</td></tr>
 * </table>
 *
 * @param unit of a calendar window, else null
 * @param zone of a calendar window, else null
 * @param resolutionMs to what its beginning is rounded down, or 0: then it is exact
 */
public record WindowDefinition(
    Kind kind, long size, @Nullable CalendarUnit unit, @Nullable String zone, long resolutionMs)
    implements Serializable {

  /** A window that never forgets. */
  public static final WindowDefinition EVER = new WindowDefinition(Kind.EVER, 0, null, null, 0);

  /** How a window is bounded. */
  public enum Kind {
    EVER,
    LOOK_BACK,
    LAST_EVENTS,
    CALENDAR,
    SESSION
  }

  public WindowDefinition {
    if ((kind == Kind.CALENDAR) != (unit != null && zone != null)) {
      throw new IllegalArgumentException("window of kind " + kind + ": got " + unit + ", " + zone);
    }
  }

  public static WindowDefinition lookBack(long ms) {
    return new WindowDefinition(Kind.LOOK_BACK, ms, null, null, 0);
  }

  public static WindowDefinition lastEvents(long count) {
    return new WindowDefinition(Kind.LAST_EVENTS, count, null, null, 0);
  }

  public static WindowDefinition calendar(CalendarUnit unit, String zone) {
    return new WindowDefinition(Kind.CALENDAR, 0, Objects.requireNonNull(unit), zone, 0);
  }

  public static WindowDefinition session(long gapMs) {
    return new WindowDefinition(Kind.SESSION, gapMs, null, null, 0);
  }

  /** The same window, its beginning rounded down to a multiple of {@code ms}. */
  public WindowDefinition withResolution(long ms) {
    return new WindowDefinition(kind, size, unit, zone, ms);
  }

  public boolean isEver() {
    return kind == Kind.EVER;
  }
}
