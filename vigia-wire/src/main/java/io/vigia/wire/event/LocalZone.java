package io.vigia.wire.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Puts local times of one zone on the time line: in the hour that comes twice the earlier one is
 * meant, a time that is skipped moves on by the gap, as {@link ZonedDateTime} does it.
 *
 * <p>Safe for several threads.
 */
final class LocalZone {
  /*
   * Between two changes of the clocks the offset is one number. The stretch of local time that
   * surely lies between the last two changes met is remembered; times within it, nearly all, cost
   * two comparisons. A day is left out at both ends, more than any change of a clock.
   */
  private static final long MARGIN_S = 86_400;

  private final ZoneId zone;
  private volatile Stretch known = new Stretch(0, 0, 0);

  private record Stretch(long from, long to, int offset) {}

  LocalZone(ZoneId zone) {
    this.zone = zone;
  }

  /** Seconds since 1970 of a local time that is given as if it were in UTC. */
  long epochSecond(long local) {
    Stretch stretch = known;
    if (local >= stretch.from && local < stretch.to) {
      return local - stretch.offset;
    }
    ZonedDateTime time =
        ZonedDateTime.of(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC), zone);
    known = stretchAround(time.toInstant(), time.getOffset().getTotalSeconds());
    return time.toEpochSecond();
  }

  private Stretch stretchAround(Instant instant, int offset) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    long from = before == null ? Long.MIN_VALUE : before.toEpochSecond() + offset + MARGIN_S;
    long to = after == null ? Long.MAX_VALUE : after.toEpochSecond() + offset - MARGIN_S;
    return new Stretch(from, to, offset);
  }
}
