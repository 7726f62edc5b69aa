package io.vigia.wire.pipeline;

import java.util.OptionalLong;

/** Durations as pipeline files write them, for those who read them elsewhere. */
public final class DurationText {
  private static final DurationValue POSITIVE = DurationValue.positive();

  private DurationText() {}

  /** The milliseconds of {@code 7d} or {@code 1h30m}; empty when it is no duration. */
  public static OptionalLong ms(String text) {
    return POSITIVE.complaint(text).isEmpty()
        ? OptionalLong.of(DurationValue.ms(text))
        : OptionalLong.empty();
  }

  /** As authors write it. */
  public static String of(long ms) {
    return DurationValue.format(ms);
  }
}
