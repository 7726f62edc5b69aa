package io.vigia.core.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.TextValue;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.problem.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What conditions mean over a row, above all where something is missing. */
final class ConditionTest {
  private static final CompiledPipeline PIPELINE =
      new PipelineDraft()
          .stream(
                  "a",
                  "s",
                  "id string, t timestamp, s string, i int, d double, m decimal, b bool, os string?,"
                      + " oi int?, om decimal?, ob bool?")
              .compile();
  private static final List<Variable> VARIABLES =
      List.of(
          Variable.plain("count_5m", FieldType.INT, 0),
          Variable.plain("mean_1h", FieldType.DECIMAL, 1),
          new Variable(
              "prev",
              true,
              2,
              List.of(
                  new Variable.Part("m", FieldType.DECIMAL),
                  new Variable.Part("s", FieldType.STRING))),
          new Variable(
              "probe",
              true,
              4,
              List.of(
                  new Variable.Part("count", FieldType.INT),
                  new Variable.Part("last.s", FieldType.STRING),
                  new Variable.Part("last.i", FieldType.INT))));
  private static final ExpressionCompiler COMPILER =
      new ExpressionCompiler(
          PIPELINE.streams().get(0),
          VARIABLES,
          List.of(
              list("words", FieldType.STRING, "x", "y"),
              list("sizes", FieldType.INT, "1", "2"),
              list("prices", FieldType.DECIMAL, "2.50", "10"),
              list("ratios", FieldType.DOUBLE, "-0.0", "0.5"),
              list("days", FieldType.TIMESTAMP, "1970-01-01T00:00:01Z")),
          Map.of());

  private static ValueList list(String name, FieldType of, String... values) {
    return new ValueList(
        name,
        of,
        Arrays.stream(values).map(v -> Objects.requireNonNull(TextValue.parse(of, v))).toList());
  }

  private static Row row() {
    Event event = PipelineDraft.event(PIPELINE, "a", "id=e t=1000 s=x i=5 d=0.5 m=2.50 b=true");
    Row row = new Row(event, new io.vigia.core.event.Slots(7), 1, null);
    row.features().setNumber(0, 3);
    row.features().setNumber(4, 2);
    row.features().setObject(5, "x");
    return row;
  }

  private static Answer test(String condition) {
    Problems problems = new Problems();
    CompiledCondition compiled =
        COMPILER
            .condition(PipelineDraft.text(condition), problems)
            .orElseThrow(() -> new AssertionError(problems.sorted()));
    return compiled.test(row());
  }

  private static @Nullable Object value(String expression) {
    Problems problems = new Problems();
    return COMPILER
        .value(PipelineDraft.text(expression), problems)
        .orElseThrow(() -> new AssertionError(problems.sorted()))
        .of(row());
  }

  private static void assertAll(Answer expected, String... conditions) {
    for (String condition : conditions) {
      assertEquals(expected, test(condition), condition);
    }
  }

  @Test
  void test_partsOfParts_areReadAndMissingLikeAnyOther() {
    assertAll(Answer.TRUE, "probe.count == 2", "probe.last.s == event.s", "has(probe.last.s)");
    assertAll(Answer.FALSE, "has(probe.last.i)", "probe.last.s != \"x\"");
    assertAll(Answer.unknown("probe.last.i is missing"), "probe.last.i > 3");
  }

  @Test
  void test_valuesThatAreThere_areCompared() {
    assertAll(
        Answer.TRUE,
        "event.i == 5",
        "event.i > 4.5",
        "event.i < 5.5",
        "event.s == \"x\"",
        "event.m > 2",
        "event.m < 2.6",
        "2 < event.m",
        "event.m == decimal(\"2.5\")",
        "event.m * 2 == decimal(\"5\")",
        "event.m + 0.1 == decimal(\"2.6\")",
        "event.b",
        "now == event.t",
        "event.t + duration(\"1s\") == timestamp(\"1970-01-01T00:00:02Z\")",
        "duration(\"1.5s\") - duration(\"2s\") == duration(\"-500ms\")",
        "event.t.getHours(\"Europe/Madrid\") == 1",
        "size(event.s) == 1",
        "event.s.matches(\"^[a-z]$\")",
        "count_5m == 3");
  }

  @Test
  void test_lists_areLookedUpByWhatIsEqual() {
    assertAll(
        Answer.TRUE,
        "event.s in lists.words",
        "!(\"z\" in lists.words)",
        "2 in lists.sizes",
        "event.m in lists.prices",
        "decimal(\"10.00\") in lists.prices",
        "event.d in lists.ratios",
        "event.d - 0.5 in lists.ratios",
        "(event.d - 0.5) * -1.0 in lists.ratios",
        "now in lists.days",
        "timestamp(\"1970-01-01T00:00:01Z\") in lists.days",
        "lists.sizes.exists(x, x > 1)",
        "lists.sizes.all(x, x > 0)",
        "size(lists.words) == 2",
        "event.s in [\"x\", \"z\"]",
        "event.m in [decimal(\"2.5\")]");
  }

  @Test
  void test_somethingMissing_isUnknownWithItsName() {
    assertAll(
        Answer.unknown("event.os is missing"),
        "event.os == \"x\"",
        "event.os != \"x\"",
        "!(event.os == \"x\")",
        "event.os.startsWith(\"x\")",
        "event.os in lists.words",
        "event.os == \"x\" && event.b",
        "event.os == \"x\" || event.i == 6",
        "event.os == \"x\" ? true : true");
    assertAll(Answer.unknown("mean_1h is missing"), "mean_1h > 3", "mean_1h * 2 > 3 && event.b");
    assertAll(Answer.unknown("prev.m is missing"), "prev.m > 3");
    assertAll(Answer.unknown("event.oi, event.os is missing"), "event.os == \"x\" && event.oi > 3");
  }

  @Test
  void test_theOtherSideIsEnough_isDecided() {
    assertAll(
        Answer.TRUE,
        "event.os == \"x\" || event.b",
        "event.b || event.os == \"x\"",
        "!has(event.os)");
    assertAll(
        Answer.FALSE,
        "event.os == \"x\" && event.i == 6",
        "event.i == 6 && event.os == \"x\"",
        "has(event.os)",
        "has(event.os) && event.os == \"x\"",
        "has(prev.m)");
    assertAll(Answer.TRUE, "has(event.os) ? event.os == \"x\" : true", "has(event.s)");
  }

  @Test
  void test_whatFails_isUnknownWithoutTheValues() {
    assertAll(
        Answer.unknown("divide by zero"), "1 / (event.i - 5) > 1", "event.m / (event.i - 5) > 1");
    assertAll(Answer.unknown("numeric overflow"), "9223372036854775807 + event.i > 1");
    assertAll(Answer.unknown("bad format"), "int(event.s) > 1", "decimal(event.s) > 1");
    assertAll(Answer.unknown("index out of bounds"), "lists.sizes[event.i] == 1");
    assertAll(Answer.TRUE, "1 / (event.i - 5) > 1 || event.b");
    assertAll(Answer.FALSE, "1 / (event.i - 5) > 1 && event.i == 6");
  }

  @Test
  void value_ofEachType_isAsJavaHasIt() {
    assertEquals("x", value("event.s"));
    assertEquals(5L, value("event.i"));
    assertEquals(0.5, value("event.d"));
    assertEquals(true, value("event.b"));
    assertEquals(new BigDecimal("2.5"), value("event.m"));
    assertEquals(Instant.ofEpochMilli(1_000), value("now"));
    assertEquals(Duration.ofMinutes(90), value("duration(\"1h30m\")"));
    assertNull(value("event.os"));
    assertNull(value("1 / (event.i - 5)"));
  }

  @Test
  void reads_namesOfFeatures_areTold() {
    Problems problems = new Problems();
    assertEquals(
        Set.of("count_5m", "prev"),
        COMPILER
            .condition(
                PipelineDraft.text(
                    "count_5m > 1 && prev.m > 1 && event.i > 2 && lists.sizes.exists(count_5m, count_5m > 1)"),
                problems)
            .orElseThrow()
            .reads());
    assertEquals(
        Set.of(),
        COMPILER
            .condition(PipelineDraft.text("lists.sizes.exists(count_5m, count_5m > 1)"), problems)
            .orElseThrow()
            .reads());
    assertFalse(problems.hasErrors());
  }

  @Test
  void decimals_beyondTheirDigits_areAnOverflow() {
    String square = "event.m";
    for (int i = 0; i < 12; i++) {
      square = "(" + square + " * decimal(\"1e99\"))";
    }
    assertEquals(Answer.unknown("numeric overflow"), test(square + " > 1"));
  }

  /** CEL counts the time between two times in nanoseconds of 64 bits. */
  @Test
  void of_timesFurtherApartThan292Years_haveNothingBetween() {
    for (String far :
        List.of("timestamp(\"2300-01-01T00:00:00Z\")", "timestamp(\"1600-01-01T00:00:00Z\")")) {
      CompiledValue between =
          COMPILER.value(PipelineDraft.text(far + " - event.t"), new Problems()).orElseThrow();
      assertNull(between.of(row()), far);
      assertNull(between.expression().interpretValue(row()), far);
    }
  }
}
