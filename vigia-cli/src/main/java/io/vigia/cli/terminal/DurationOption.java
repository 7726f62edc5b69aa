package io.vigia.cli.terminal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a length of time as pipeline files write it: {@code 250ms}, {@code 5m}, {@code 1h30m}.
 *
 * <p><b>Units and bounds.</b> {@code d h m s ms}, each at most once and in this order; more than
 * nothing.
 */
public final class DurationOption implements ITypeConverter<Duration> {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?!$)(?:(\\d{1,5})d)?(?:(\\d{1,7})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
  private static final long[] UNIT_MS = {86_400_000L, 3_600_000L, 60_000L, 1000L, 1L};

  @Override
  public Duration convert(String value) {
    Matcher written = WRITTEN.matcher(value);
    long ms = 0;
    if (written.matches()) {
      for (int i = 0; i < UNIT_MS.length; i++) {
        String part = written.group(i + 1);
        ms += part == null ? 0 : Long.parseLong(part) * UNIT_MS[i];
      }
    }
    if (ms <= 0) {
      throw new TypeConversionException(
          "expected a duration such as 250ms, 30s, 5m, 1h30m or 7d, found '" + value + "'");
    }
    return Duration.ofMillis(ms);
  }
}
