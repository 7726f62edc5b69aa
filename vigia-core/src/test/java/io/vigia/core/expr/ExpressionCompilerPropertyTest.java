package io.vigia.core.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.Cases;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineDraft;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever anybody writes becomes a condition or a problem: never an exception, never CEL's own
 * words, never a place outside the text.
 */
final class ExpressionCompilerPropertyTest {
  private static final String[] TOKENS = {
    "event",
    ".s",
    ".i",
    ".d",
    ".b",
    ".t",
    ".m",
    ".o",
    "event.s",
    "event.i",
    "event.d",
    "event.b",
    "event.t",
    "event.m",
    "event.o",
    "prev",
    "prev.m",
    "count_5m",
    "lists",
    "lists.l",
    "lists.n",
    "now",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    "?",
    ":",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "&&",
    "||",
    "!",
    "in",
    "\n",
    "1",
    "2.5",
    "1e5",
    "0x1F",
    "5u",
    "\"a\"",
    "'b'",
    "\"",
    "'",
    "r\"a\\d\"",
    "b\"x\"",
    "\"\"\"",
    "true",
    "false",
    "null",
    "has",
    "size",
    "exists",
    "all",
    "map",
    "filter",
    "x",
    "x, x > 1",
    "matches",
    "contains",
    "startsWith",
    "int",
    "double",
    "decimal",
    "timestamp",
    "duration",
    "getHours",
    "type",
    "dyn",
    "uint",
    "string",
    "if",
    "else",
    "package",
    "and",
    "or",
    "not",
    "=",
    "&",
    "|",
    "é",
    "😀",
    "€",
    "#",
    "$",
    "@",
    "\\",
    "`",
    "~",
    "^",
    ";",
    "//",
    "_1",
    "\t",
    "\0",
    "999999999999999999999",
    "{{",
    "}}",
    "'''",
    "..",
    "in lists.l",
    "?.",
    "[?",
    "a{b: 1}",
    "event{s: \"x\"}",
    "1/0",
    "1e999"
  };

  private static final CompiledPipeline PIPELINE =
      new PipelineDraft()
          .stream(
                  "a",
                  "s",
                  "id string, t timestamp, s string, i int, d double, b bool, m decimal, o string?")
              .compile();
  private static final ExpressionCompiler COMPILER =
      new ExpressionCompiler(
          PIPELINE.streams().get(0),
          List.of(
              Variable.plain("count_5m", FieldType.INT, 0),
              new Variable("prev", true, 1, List.of(new Variable.Part("m", FieldType.DECIMAL)))),
          List.of(
              new ValueList("l", FieldType.STRING, List.of("x")),
              new ValueList("n", FieldType.INT, List.of(1L))),
          Map.of());

  private static String expression(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(9); i > 0; i--) {
      text.append(TOKENS[random.nextInt(TOKENS.length)]).append(random.nextInt(3) == 0 ? " " : "");
    }
    return text.toString();
  }

  private static Row row() {
    Event event = PipelineDraft.event(PIPELINE, "a", "id=e t=1000 s=abc i=5 d=2.5 m=2.50 b=true");
    return new Row(event, new Slots(2), 1, null);
  }

  @Test
  void condition_anyText_isAConditionOrAProblem() {
    Cases.run(
        6_000,
        random -> {
          String text = expression(random);
          Problems problems = new Problems();
          Optional<CompiledCondition> condition = COMPILER.condition(at(text), problems);
          assertEquals(problems.hasErrors(), condition.isEmpty(), text);
          condition.ifPresent(
              compiled -> {
                Answer answer = compiled.test(row());
                assertFalse(answer.because().contains("internal"), text);
              });
          problems.sorted().forEach(problem -> check(problem, text));
        });
  }

  @Test
  void value_anyText_isAValueOrAProblem() {
    Cases.run(
        2_000,
        random -> {
          String text = expression(random);
          Problems problems = new Problems();
          Optional<CompiledValue> value = COMPILER.value(at(text), problems);
          assertEquals(problems.hasErrors(), value.isEmpty(), text);
          value.ifPresent(compiled -> compiled.of(row()));
        });
  }

  private static Text at(String text) {
    return new Text(text, new Place("f", 3, 7), 5);
  }

  private static void check(Problem problem, String text) {
    String told = problem + " of: " + text;
    assertFalse(problem.message().contains("expecting"), told);
    assertFalse(problem.message().contains("undeclared"), told);
    assertFalse(problem.message().contains("overload"), told);
    assertFalse(Character.isUpperCase(problem.message().charAt(0)), told);
    int lines = text.split("\n", -1).length;
    Place place = problem.place();
    assertTrue(place.line() >= 3 && place.line() < 3 + lines, told);
    assertTrue(place.column() >= (place.line() == 3 ? 7 : 5), told);
  }
}
