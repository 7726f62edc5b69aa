package io.vigia.core.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReasonTemplateTest {
  private static PipelineDraft draft(String template) {
    return new PipelineDraft()
        .stream(
                "a",
                "card",
                "id string, t timestamp, card string, m decimal, o string?, d double, i int")
            .feature("count_5", "a by card: count over 5")
            .rule("r", "a", "true", "block", 0, template, false);
  }

  private static List<String> problems(String template) {
    Problems problems = new Problems();
    PipelineCompiler.compile(draft(template).definition(), problems);
    return problems.sorted().stream()
        .map(problem -> problem.message() + " at " + problem.place().column())
        .filter(message -> !message.startsWith("no rule reads"))
        .toList();
  }

  private static String reason(String template) {
    CompiledPipeline pipeline = draft(template).compile();
    return Objects.requireNonNull(
            new Replay(pipeline, 1)
                .process(
                    PipelineDraft.event(pipeline, "a", "id=e t=1000 card=c1 m=12.50 d=0.1 i=-7"))
                .decision())
        .rules()
        .get(0)
        .reason();
  }

  @Test
  void fill_names_areReplacedByTheirValues() {
    assertEquals("card is blocked", reason("card is blocked"));
    assertEquals("", reason(""));
    assertEquals("1 payments of c1", reason("{{count_5}} payments of {{event.card}}"));
    assertEquals("c1", reason("{{event.card}}"));
    assertEquals("12.5/0.1/-7", reason("{{event.m}}/{{event.d}}/{{ event.i }}"));
  }

  @Test
  void fill_missing_isAQuestionMark() {
    assertEquals("? on ?", reason("{{event.o}} on {{1 / (event.i + 7)}}"));
  }

  @Test
  void fill_expressions_areComputed() {
    assertEquals("25", reason("{{event.m * 2}}"));
    assertEquals("a }} b", reason("{{\"a }} b\"}}"));
    assertEquals("true", reason("{{event.card == \"c1\"}}"));
    assertEquals("1h30m later", reason("{{duration(\"90m\")}} later"));
    assertEquals("at 1970-01-01T00:00:01Z", reason("at {{now}}"));
  }

  @Test
  void fill_bracesThatAreNoTemplate_areText() {
    assertEquals("{count_5} }} {", reason("{count_5} }} {"));
    assertEquals("{{", reason("{{\"{{\"}}"));
  }

  @Test
  void format_numbers_areRoundedForPeople() {
    assertEquals("0", ReasonTemplate.format(0.0));
    assertEquals("0", ReasonTemplate.format(new BigDecimal("0.000")));
    assertEquals("100", ReasonTemplate.format(new BigDecimal("100.00")));
    assertEquals("0.3333", ReasonTemplate.format(1 / 3.0));
    assertEquals("-0.3333", ReasonTemplate.format(-1 / 3.0));
    assertEquals("12.3457", ReasonTemplate.format(new BigDecimal("12.345678")));
    assertEquals("0.01", ReasonTemplate.format(0.0100001));
    assertEquals("2", ReasonTemplate.format(1.99999));
    assertEquals("5000000000", ReasonTemplate.format(5e9));
  }

  @Test
  void format_smallNumbers_keepTheirFirstDigits() {
    assertEquals("0.001235", ReasonTemplate.format(new BigDecimal("0.00123456789")));
    assertEquals("0.00012", ReasonTemplate.format(0.00012));
  }

  /** Three hundred zeros are no reason. */
  @Test
  void format_extremeNumbers_areShort() {
    assertEquals("1E-300", ReasonTemplate.format(1e-300));
    assertEquals("1E+300", ReasonTemplate.format(1e300));
    assertEquals("1.235E-200", ReasonTemplate.format(1.23456e-200));
    assertEquals("9".repeat(38), ReasonTemplate.format(new BigDecimal("9".repeat(38))));
    assertEquals("NaN", ReasonTemplate.format(Double.NaN));
    assertEquals("Infinity", ReasonTemplate.format(Double.POSITIVE_INFINITY));
  }

  @Test
  void format_durations_areAsFilesWriteThem() {
    assertEquals("0s", ReasonTemplate.format(Duration.ZERO));
    assertEquals("16m", ReasonTemplate.format(Duration.ofMinutes(16)));
    assertEquals("2d3h4m5s6ms", ReasonTemplate.format(Duration.ofMillis(183_845_006)));
    assertEquals("-1m30s", ReasonTemplate.format(Duration.ofSeconds(-90)));
    assertEquals(
        "2026-01-01T00:00:00Z", ReasonTemplate.format(Instant.parse("2026-01-01T00:00:00Z")));
  }

  @Test
  void fill_formats_areAsTheirAuthorWroteThem() {
    assertEquals("12.50 of 12.500", reason("{{event.m|0.00}} of {{ event.m | 0.000 }}"));
    assertEquals("-7 -7.00", reason("{{event.i|0}} {{event.i|0.00}}"));
    assertEquals("10% 10.0%", reason("{{event.d|0%}} {{event.d|0.0%}}"));
    assertEquals("12.50 EUR 13 JPY", reason("{{event.m|EUR}} {{event.m + 0.1|JPY}}"));
    assertEquals("1,234,500", reason("{{event.m * 98760|,0}}"));
    assertEquals("-1,234.50 USD", reason("{{event.m * -98.76|USD}}"));
    assertEquals("2d 2d1h 2d1h5m 0d", reason(durations("d", "h", "m") + " {{duration(\"5s\")|d}}"));
    assertEquals(
        "1970-01-01 01:00:01 1970-01-01 00:00",
        reason("{{now|Europe/Madrid}} {{now|date UTC}} {{now|time UTC}}"));
    assertEquals("?", reason("{{1 / (event.i + 7)|0.00}}"));
  }

  private static String durations(String... units) {
    StringBuilder template = new StringBuilder();
    for (String unit : units) {
      template.append(" {{duration(\"49h5m7s\")|").append(unit).append("}}");
    }
    return template.substring(1);
  }

  @Test
  void fill_barsWithinTheExpression_areNoFormat() {
    assertEquals("true", reason("{{event.i > 3 || event.m > 3}}"));
    assertEquals("a|b", reason("{{\"a|b\"}}"));
    assertEquals("0", reason("{{event.i > 3 || event.i < 3 ? 0 : 1 |0}}"));
  }

  @Test
  void compile_formatOfAnotherType_isAProblem() {
    assertEquals(List.of("format '0.00' is for numbers at 13"), problems("{{event.card|0.00}}"));
    assertEquals(List.of("format 'h' is for durations at 10"), problems("{{event.m|h}}"));
    assertEquals(List.of("format 'UTC' is for times at 10"), problems("{{event.m|UTC}}"));
    assertEquals(List.of("unknown format '0,00' at 10"), problems("{{event.m|0,00}}"));
    assertEquals(List.of("unknown format 'XYZ' at 10"), problems("{{event.m|XYZ}}"));
    assertEquals(List.of("unknown format '' at 10"), problems("{{event.m|}}"));
  }

  @Test
  void compile_nameInSingleBraces_isAWarning() {
    assertEquals(
        List.of("'{count_5}' is shown as it stands at 3"), problems("in {count_5} of {{event.m}}"));
    assertEquals(List.of(), problems("a {b c} {1} {} {{event.m}}"));
  }
}
