package io.vigia.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class OptionsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "7d, P7D",
    "1d2h3m4s5ms, P1DT2H3M4.005S"
  })
  void duration_asInPipelineFiles_isRead(String text, Duration expected) {
    assertEquals(expected, new DurationOption().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "0s", "-5s", "5 m", "5m1h", "1.5h", "5x"})
  void duration_otherText_isRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new DurationOption().convert(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1048576, 1048576", "500m, 524288000", "20g, 21474836480", "1KB, 1024"})
  void bytes_withUnit_areRead(String text, long expected) {
    assertEquals(expected, new BytesOption().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "-1", "1.5g", "1x", "1 g"})
  void bytes_otherText_isRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new BytesOption().convert(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1234|1,234", "0|0"})
  void count_largeNumber_hasCommas(long number, String expected) {
    assertEquals(expected, Figures.count(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"PT0.42S|0.42 s", "PT12.34S|12.3 s", "PT2M5S|2:05 min", "PT1H5M9S|1:05:09 h"})
  void seconds_ofLength_areReadable(Duration duration, String expected) {
    assertEquals(expected, Figures.seconds(duration));
  }
}
