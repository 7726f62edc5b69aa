package io.vigia.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them: {@code 1,204 events}, {@code 12.5 %}, {@code 1:05:09}. */
public final class Figures {
  private Figures() {}

  /** {@code 35,147}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 event}, {@code 35,147 events}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A share in percent; a dash where there is no whole. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** How many a second, to three digits. */
  public static String rate(double perSecond) {
    if (!Double.isFinite(perSecond)) {
      return "–";
    }
    return perSecond < 100
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : count(Math.round(perSecond)) + "/s";
  }

  /** {@code 0.42 s}, {@code 12.3 s}, then {@code 2:05 min} and {@code 1:05:09 h}. */
  public static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : clock(duration);
  }

  /** {@code 2:05 min} and {@code 1:05:09 h}. */
  public static String clock(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
