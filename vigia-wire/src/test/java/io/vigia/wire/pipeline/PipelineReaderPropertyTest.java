package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid files, damaged at random: always problems or a definition, never an exception. */
final class PipelineReaderPropertyTest {
  private static final int FILES = 1500;

  private static final List<String> PIECES =
      List.of(
          "'",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          " #",
          "#",
          "!",
          "&a",
          "*a",
          "|",
          ">",
          "%",
          "@",
          "`",
          "\t",
          "- ",
          "? ",
          "---",
          "...",
          "\r",
          "\n",
          "\n\n",
          ",",
          "{{n}}",
          "<<: ",
          "\u00a0",
          "\ufeff",
          "\u0000",
          "\ud83d\ude00",
          "null",
          "~",
          "\\",
          "\\x",
          "%YAML 1.2\n",
          "!!str ",
          "  ");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  @Timeout(120)
  void read_damagedFile_givesProblemsOrADefinition(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < FILES; i++) {
      byte[] content = damaged(random);
      String what = "seed " + seed + ", file " + i;
      try {
        check(Reading.of(content), what);
      } catch (RuntimeException e) {
        throw new AssertionError(what + ":\n" + new String(content, StandardCharsets.UTF_8), e);
      }
    }
  }

  private static void check(Reading reading, String what) {
    assertEquals(
        reading.definition().isEmpty(),
        reading.problems().hasErrors(),
        () -> what + ":\n" + new String(reading.content(), StandardCharsets.UTF_8));
    SourceText source =
        SourceText.of(Reading.FILE, new String(reading.content(), StandardCharsets.UTF_8));
    for (Problem problem : reading.problems().sorted()) {
      Place place = problem.place();
      assertTrue(
          place.line() <= source.lines() && place.line() >= 0 && place.column() >= 0,
          () -> what + ": " + problem);
      assertTrue(!problem.message().isBlank() && problem.message().length() < 400, what);
      assertTrue(problem.message().lines().count() == 1, () -> what + ": " + problem);
      assertTrue(problem.help().lines().count() <= 1, () -> what + ": " + problem);
    }
    if (reading.definition().isPresent()) {
      checkSchema(new String(reading.content(), StandardCharsets.UTF_8), what);
    }
    String printed = reading.printed();
    assertEquals(reading.problems().sorted().isEmpty(), printed.isEmpty(), what);
  }

  /**
   * The schema takes what the reader takes, but for names that an editor's YAML reads as numbers.
   */
  private static void checkSchema(String file, String what) {
    List<String> refused =
        PipelineJsonSchemaTest.validate(file).stream()
            .map(Error::toString)
            .filter(error -> !error.endsWith("string expected"))
            .toList();
    assertEquals(List.of(), refused, () -> what + ":\n" + file);
  }

  private static byte[] damaged(Random random) {
    String text = DesignExample.BUILT;
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      text = changed(text, random);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(20) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static String changed(String text, Random random) {
    int at = random.nextInt(text.length());
    int length = random.nextInt(Math.min(20, text.length() - at) + 1);
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int line = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(9)) {
      case 0 -> {
        return text.substring(0, at) + text.substring(at + length);
      }
      case 1, 2, 3 -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return text.substring(0, at) + piece + text.substring(at);
      }
      case 4 -> {
        return text.substring(0, at) + text.substring(at, at + length) + text.substring(at);
      }
      case 5 -> lines.remove(line);
      case 6 -> lines.add(line, lines.get(other));
      case 7 -> Collections.swap(lines, line, other);
      default -> lines.set(line, " ".repeat(random.nextInt(8)) + lines.get(line).strip());
    }
    String joined = String.join("\n", lines);
    return joined.isEmpty() ? "a" : joined;
  }
}
