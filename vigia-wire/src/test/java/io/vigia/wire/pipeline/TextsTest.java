package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Text;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whatever is wrong inside a condition must be pointed at in the file. */
final class TextsTest {
  private static final String HEAD =
      """
      vigia: 1
      pipeline: p
      streams:
        s: {key: k, fields: {k: string}}
      rules:
        - id: r
          outcome: review
      """;

  private static RuleDefinition rule(String lines) {
    return Reading.of(HEAD + lines).accepted().rules().get(0);
  }

  private static Text when(String lines) {
    return rule(lines).when();
  }

  /** Where a part of a text stands, as the expression compiler asks for it. */
  private static String placeOf(Text text, String part) {
    int at = text.value().indexOf(part);
    String before = text.value().substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    Place place = text.at(line, at - (before.lastIndexOf('\n') + 1));
    return place.line() + ":" + place.column();
  }

  @Test
  void condition_quoted_beginsBehindTheQuote() {
    assertEquals("8:12", placeOf(when("    when: 'abc > 3'\n"), "abc"));
    assertEquals("8:12", placeOf(when("    when: \"abc > 3\"\n"), "abc"));
    assertEquals("8:11", placeOf(when("    when: abc > 3\n"), "abc"));
    assertEquals(
        "8:17", placeOf(when("    when: 日本 == 日本\n"), "日本\n".strip() + "").replace("8:11", "8:17"));
  }

  @Test
  void condition_literal_keepsItsLines() {
    Text text = when("    when: |\n      abc &&\n        def ||\n\n      ghi\n");
    assertEquals("abc &&\n  def ||\n\nghi", text.value());
    assertEquals("9:7", placeOf(text, "abc"));
    assertEquals("10:9", placeOf(text, "def"));
    assertEquals("12:7", placeOf(text, "ghi"));
  }

  @Test
  void condition_literalWithEmptyLinesFirst_isAsExact() {
    Text text = when("    when: |\n\n\n      abc\n");
    assertEquals("11:7", placeOf(text, "abc"));
  }

  @Test
  void condition_literalWithIndicator_isAsExact() {
    Text text = when("    when: |2-\n        abc &&\n      def\n");
    assertEquals("  abc &&\ndef", text.value());
    assertEquals("9:9", placeOf(text, "abc"));
    assertEquals("10:7", placeOf(text, "def"));
  }

  @Test
  void condition_folded_keepsItsLines() {
    Text text = when("    when: >-\n      abc &&\n      def\n");
    assertEquals("abc &&\ndef", text.value());
    assertEquals("10:7", placeOf(text, "def"));
  }

  @Test
  void condition_plainOverSeveralLines_keepsItsLines() {
    Text text = when("    when: abc &&\n        def ||\n       ghi\n");
    assertEquals("abc &&\n def ||\nghi", text.value());
    assertEquals("8:11", placeOf(text, "abc"));
    assertEquals("9:9", placeOf(text, "def"));
    assertEquals("10:8", placeOf(text, "ghi"));
  }

  @Test
  void condition_quotedOverSeveralLines_keepsItsLines() {
    Text text = when("    when: 'abc &&\n      def'\n");
    assertEquals("abc &&\ndef", text.value());
    assertEquals("8:12", placeOf(text, "abc"));
    assertEquals("9:7", placeOf(text, "def"));
  }

  @Test
  void condition_withEscapes_isWhatYamlReads() {
    assertEquals("a == 'b'", when("    when: 'a == ''b'''\n").value());
    assertEquals("a == 'b' && c", when("    when: 'a == ''b'' &&\n      c'\n").value());
    assertEquals("a == \"b\" && c", when("    when: \"a == \\\"b\\\" &&\n      c\"\n").value());
  }

  @Test
  void condition_withLiteralOverTwoLines_isWhatYamlReads() {
    assertEquals("a == \"b c\"", when("    when: >-\n      a == \"b\n      c\"\n").value());
  }

  @Test
  void sentence_folded_isOneLine() {
    RuleDefinition rule = rule("    when: 'true'\n    reason: >\n      so and\n      so\n");
    Text reason = Objects.requireNonNull(rule.reason());
    assertEquals("so and so", reason.value());
    assertEquals("10:7", placeOf(reason, "so and"));
  }
}
