package io.vigia.cli.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.cli.WrongInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

final class EventPathsTest {
  @TempDir Path folder;

  private static EventPaths read(String option) {
    return new EventPaths.Converter().convert(option);
  }

  @Test
  void convert_severalPaths_areSplitAtCommas() {
    assertEquals(
        new EventPaths("payments", List.of(Path.of("a.csv"), Path.of("x/b.csv"))),
        read("payments=a.csv,x/b.csv"));
  }

  @Test
  void convert_fileWithAComma_isOnePath() throws IOException {
    Path file = Files.writeString(folder.resolve("a,b.csv"), "");
    assertEquals(List.of(file), read("s=" + file).paths());
  }

  @Test
  void convert_pattern_matchesInTheOrderOfNames() throws IOException {
    Path second = Files.writeString(folder.resolve("2011-02.csv"), "");
    Path first = Files.writeString(folder.resolve("2011-01.csv"), "");
    Files.writeString(folder.resolve("2010-12.csv"), "");
    assertEquals(List.of(first, second), read("s=" + folder + "/2011-*").paths());
  }

  @Test
  void convert_patternWithoutMatch_isRefused() {
    assertThrows(WrongInputException.class, () -> read("s=" + folder + "/*.csv"));
  }

  @Test
  void convert_noStream_isRefused() {
    assertThrows(TypeConversionException.class, () -> read("a.csv"));
    assertThrows(TypeConversionException.class, () -> read("=a.csv"));
    assertThrows(TypeConversionException.class, () -> read("s="));
  }
}
