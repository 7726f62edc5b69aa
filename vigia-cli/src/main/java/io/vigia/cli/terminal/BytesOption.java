package io.vigia.cli.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: {@code 500m}, {@code 20g}, {@code 1048576}; a k is 1,024. */
public final class BytesOption implements ITypeConverter<Long> {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})([kmgt]?)b?");
  private static final String UNITS = "kmgt";

  @Override
  public Long convert(String value) {
    Matcher written = WRITTEN.matcher(value.toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      throw new TypeConversionException(
          "expected a number of bytes such as 500m or 20g, found '" + value + "'");
    }
    long bytes = Long.parseLong(written.group(1));
    int power = written.group(2).isEmpty() ? 0 : UNITS.indexOf(written.group(2)) + 1;
    for (int i = 0; i < power; i++) {
      bytes = bytes > Long.MAX_VALUE >> 10 ? Long.MAX_VALUE : bytes << 10;
    }
    return bytes;
  }
}
