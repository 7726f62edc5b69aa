package io.vigia.wire.event;

import io.vigia.core.event.TimeFormat;
import org.jspecify.annotations.Nullable;

/** One way of writing times, and how it is read. Safe for several threads. */
sealed interface TimeText permits IsoText, EpochTime, PatternTime {

  /** Epoch milliseconds of a text, or one of {@link IsoTime}'s constants. */
  long text(char[] chars, int from, int length);

  /** Epoch milliseconds of a number; only where {@link #takesNumbers()}. */
  long number(NumberText number);

  /** The power of ten that makes a number milliseconds. */
  default int power() {
    return 0;
  }

  /** Whether times are, or may be, written as numbers. */
  boolean takesNumbers();

  /** What is expected, as it stands in a message. */
  String expected();

  /** The way that a field declares. */
  static TimeText of(@Nullable TimeFormat format) {
    if (format == null) {
      return new IsoText(null, true);
    }
    return switch (format.pattern()) {
      case "iso" -> new IsoText(format.zone() == null ? null : new LocalZone(format.zone()), false);
      case "epoch_s" -> new EpochTime("seconds", 1_769_848_200L, 3);
      case "epoch_ms" -> new EpochTime("milliseconds", 1_769_848_200_000L, 0);
      case "epoch_us" -> new EpochTime("microseconds", 1_769_848_200_000_000L, -3);
      default -> PatternTime.of(format.pattern(), format.zone());
    };
  }
}
