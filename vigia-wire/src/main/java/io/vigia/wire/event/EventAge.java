package io.vigia.wire.event;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.time.Duration;

/**
 * Refuses events that are too old or too far ahead for their stream.
 *
 * <p><b>Shape.</b> With {@code max_age: 1d} and {@code max_ahead: 1m}, appended at 12:00:
 *
 * <table>
 * <caption>Taken and refused</caption>
 * <tr><th>event time</th><th></th></tr>
 * <tr><td>yesterday 11:59</td><td>refused</td></tr>
 * <tr><td>yesterday 12:00 to today 12:01</td><td>taken, both ends included</td></tr>
 * <tr><td>today 12:02</td><td>refused</td></tr>
 * </table>
 *
 * <p>The measure is the record's append time, never a clock, so that a replay refuses the same. A
 * gateway that asks before it appends uses the time of arrival.
 */
public final class EventAge {
  private EventAge() {}

  /** Whether the event is taken; a problem is in {@code into} where it is not. */
  public static boolean isTaken(Event event, Problems into) {
    StreamDefinition stream = event.stream().definition();
    long age = event.appendMs() - event.timeMs();
    if (age > stream.maxAgeMs()) {
      refuse(event, age, "before", stream.maxAgeMs(), "max_age", into);
      return false;
    }
    if (-age > stream.maxAheadMs()) {
      refuse(event, -age, "ahead of", stream.maxAheadMs(), "max_ahead", into);
      return false;
    }
    return true;
  }

  private static void refuse(
      Event event, long foundMs, String side, long mostMs, String word, Problems into) {
    into.add(
        ProblemCode.EVENT_TIME,
        Place.of(EventDecoder.placeOf(event.stream().name())),
        String.format(
            "the event's time %s is %s %s its arrival, expected at most %s (%s)",
            IsoTime.format(event.timeMs()), text(foundMs), side, text(mostMs), word),
        "send the event sooner, correct its time, or widen " + word + " in the pipeline file");
  }

  /** Durations as pipeline files have them: {@code 1d}, {@code 2h 30m}. */
  private static String text(long ms) {
    Duration duration = Duration.ofMillis(ms);
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(text.isEmpty() ? "" : " ").append(count).append(unit);
    }
  }
}
