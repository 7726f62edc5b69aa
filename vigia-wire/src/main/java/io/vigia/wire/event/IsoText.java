package io.vigia.wire.event;

import org.jspecify.annotations.Nullable;

/** ISO 8601, with an offset unless a zone is declared; by default epoch milliseconds as well. */
record IsoText(@Nullable LocalZone zone, boolean takesNumbers) implements TimeText {

  @Override
  public long text(char[] chars, int from, int length) {
    return IsoTime.parse(chars, from, length, zone);
  }

  @Override
  public long number(NumberText number) {
    return IsoTime.ranged(number.toWholeTimes(0));
  }

  @Override
  public String expected() {
    return "a timestamp such as 2026-01-31T08:30:00"
        + (zone == null ? "Z" : "")
        + (takesNumbers ? ", or epoch milliseconds" : "");
  }
}
