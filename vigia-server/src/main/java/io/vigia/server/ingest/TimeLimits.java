package io.vigia.server.ingest;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.time.Duration;
import java.time.Instant;

/**
 * Refuses events whose time is too far from now, where the stream has a limit.
 *
 * <p>The processor decides by the time at which the record was appended; this here is only so that
 * the sender hears of it at once.
 */
final class TimeLimits {
  private TimeLimits() {}

  /** Adds a problem when the event is older or further ahead than its stream allows. */
  static void check(Event event, Problems into) {
    StreamDefinition stream = event.stream().definition();
    long ageMs = event.appendMs() - event.timeMs();
    if (ageMs > stream.maxAgeMs()) {
      refuse(event, ageMs, "before", "max_age", stream.maxAgeMs(), into);
    } else if (-ageMs > stream.maxAheadMs()) {
      refuse(event, -ageMs, "after", "max_ahead", stream.maxAheadMs(), into);
    }
  }

  private static void refuse(
      Event event, long distanceMs, String side, String limit, long limitMs, Problems into) {
    into.add(
        ProblemCode.EVENT_TIME,
        Place.of("stream " + event.stream().name()),
        "the event's time %s is %s %s its arrival, expected at most %s (%s)"
            .formatted(
                Instant.ofEpochMilli(event.timeMs()), text(distanceMs), side, text(limitMs), limit),
        "send the event sooner, correct its time, or widen %s in the pipeline file"
            .formatted(limit));
  }

  private static String text(long ms) {
    return Duration.ofMillis(ms).toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
