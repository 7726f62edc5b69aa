package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that were made to hurt. The time limit is for what never ends; speed is measured elsewhere.
 */
@Timeout(20)
final class PipelineReaderHostileTest {
  private static final int MIB = 1 << 20;
  private static final String FIELD =
      """
      vigia: 1
      pipeline: p
      streams:
        s:
          key: a
          fields: {a: string, t: {type: timestamp, %s'}}
      """;

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("open brackets", "[".repeat(MIB)),
        Arguments.of("open braces", "{".repeat(MIB)),
        Arguments.of("open braces with keys", "{a: ".repeat(MIB / 4)),
        Arguments.of("closed brackets", "[".repeat(MIB / 2) + "]".repeat(MIB / 2)),
        Arguments.of("pairs of brackets", "a: [" + "[],".repeat(MIB / 3 - 10) + "]"),
        Arguments.of("dashes", "- ".repeat(MIB / 2)),
        Arguments.of("question marks", "? ".repeat(MIB / 2)),
        Arguments.of("colons", ": ".repeat(MIB / 2)),
        Arguments.of("exclamation marks", "!".repeat(MIB)),
        Arguments.of("tags", "!a ".repeat(MIB / 3)),
        Arguments.of("anchors", "&a ".repeat(MIB / 3)),
        Arguments.of("aliases", "[" + "*a,".repeat(MIB / 3 - 1) + "]"),
        Arguments.of("percent signs", "%".repeat(MIB)),
        Arguments.of("quotes", "'".repeat(MIB)),
        Arguments.of("a quote that is not closed", "a: '" + "x".repeat(MIB - 4)),
        Arguments.of("backslashes", "a: \"" + "\\".repeat(MIB - 5) + "\""),
        Arguments.of("templates", "{{n}}".repeat(MIB / 5)),
        Arguments.of("one long key", "x".repeat(MIB - 4) + ": y"),
        Arguments.of("one long text", "pipeline: " + "x".repeat(MIB - 20)),
        Arguments.of("one long plain text of many lines", "a: " + "x\n ".repeat(MIB / 3 - 2)),
        Arguments.of("one long condition", "rules:\n  - when: " + "!(".repeat(MIB / 2 - 20)),
        Arguments.of("many unquoted conditions", "rules:\n" + "- when: !x\n".repeat(MIB / 12)),
        Arguments.of("many errors", "a: b: c\n".repeat(MIB / 8)),
        Arguments.of("many keys", keys(MIB - 20)),
        Arguments.of("one key many times", "a: b\n".repeat(MIB / 5)),
        Arguments.of("many lists", "- a\n".repeat(MIB / 4)),
        Arguments.of("indented ever deeper", indented()),
        Arguments.of("indented ever deeper with lists", "- ".repeat(500_000)),
        Arguments.of("spaces", " ".repeat(MIB)),
        Arguments.of("tabs", "\t".repeat(MIB)),
        Arguments.of("line feeds", "\n".repeat(MIB)),
        Arguments.of("carriage returns", "\r".repeat(MIB)),
        Arguments.of("documents", "---\n".repeat(MIB / 4)),
        Arguments.of("comments", "#".repeat(MIB)),
        Arguments.of("block texts", "a: |\n".repeat(MIB / 5)),
        Arguments.of("surrogates", "\ud83d\ude00".repeat(MIB / 4)),
        Arguments.of("right to left", "a: \u202e\u2066x\u2069\n"),
        Arguments.of(
            "a time format of brackets", FIELD.formatted("format: '" + "[".repeat(MIB - 200))),
        Arguments.of(
            "a time format of letters", FIELD.formatted("format: '" + "y".repeat(MIB - 200))),
        Arguments.of("a long zone", FIELD.formatted("zone: '" + "Europe/".repeat(MIB / 8))),
        Arguments.of(
            "a long duration", "a: 1\nfeatures: {f: {over: " + "1".repeat(MIB - 60) + "}}"),
        Arguments.of(
            "a long type", "streams: {s: {fields: {f: " + "string".repeat(MIB / 7) + "}}}"),
        Arguments.of("many problems on one line", "features: {" + "a, ".repeat(20_000) + "b: c}"),
        Arguments.of("a condition of commas", "rules: [{when: f(" + "a, ".repeat(90_000) + "}]"),
        Arguments.of(
            "many conditions on one line",
            ("rules: [" + "{when: !x}, ".repeat(300) + "]\n").repeat(200)),
        Arguments.of("many broken conditions", "- {when: !x > 3}\n".repeat(MIB / 18)),
        Arguments.of("billion laughs", laughs()));
  }

  private static String keys(int size) {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; keys.length() < size; i++) {
      keys.append('k').append(i).append(": v\n");
    }
    return keys.substring(0, size);
  }

  private static String indented() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; lines.length() < MIB - 2000; i++) {
      lines.append(" ".repeat(i)).append("a:\n");
    }
    return lines.toString();
  }

  private static String laughs() {
    StringBuilder lines = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 64; i++) {
      lines.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    }
    return lines.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void read_hostileFile_isRefused(String name, String content) {
    Reading reading = Reading.of(content);
    assertFalse(reading.definition().isPresent());
    assertTrue(reading.problems().hasErrors(), name);
    String printed = reading.printed();
    assertTrue(printed.length() < 200_000, () -> name + ": " + printed.length());
    assertTrue(printed.chars().noneMatch(c -> c == 0x1b || c == 0x202e || c == 0x2066), printed);
  }

  @Test
  void read_tooLarge_isRefusedUnread() {
    assertEquals(List.of(ProblemCode.FILE_TOO_LARGE), Reading.of("a".repeat(MIB + 1)).codes());
    assertEquals(List.of(ProblemCode.FILE_TOO_LARGE), Reading.of(new byte[100 * MIB]).codes());
  }

  @Test
  void read_nulBytes_areRefusedAtOnce() {
    assertEquals(List.of(ProblemCode.FILE_UNREADABLE), Reading.of(new byte[MIB]).codes());
  }

  @Test
  void read_invalidUtf8_isRefusedWhereItBegins() {
    byte[] bytes = "vigia: 1\npipeline: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Reading reading = Reading.of(bytes);
    assertEquals(List.of(ProblemCode.FILE_UNREADABLE), reading.codes());
    assertEquals("pipeline.yaml:2:14", reading.problems().sorted().get(0).place().toString());
  }

  @Test
  void read_utf8ThatIsCutOff_isRefused() {
    byte[] bytes = "vigia: 1 # \u65e5".getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut <= 2; cut++) {
      Reading reading = Reading.of(Arrays.copyOf(bytes, bytes.length - cut));
      assertEquals(List.of(ProblemCode.FILE_UNREADABLE), reading.codes());
    }
  }

  @Test
  void read_everySingleByte_isNoException() {
    for (int b = 0; b < 256; b++) {
      Reading reading = Reading.of(new byte[] {(byte) b});
      assertTrue(reading.problems().hasErrors(), "byte " + b);
    }
  }
}
