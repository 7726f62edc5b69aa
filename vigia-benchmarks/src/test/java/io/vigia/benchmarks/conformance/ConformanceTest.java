package io.vigia.benchmarks.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vigia.benchmarks.conformance.Conformance.Outcome;
import io.vigia.benchmarks.payments.PipelineText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConformanceTest {
  private static List<ConformanceCase> own() {
    return ConformanceCase.read(
        new String(
            PipelineText.beside(ConformanceTest.class, "own.textproto"), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("own")
  void run_ownTest_isAsCelDefines(ConformanceCase test) {
    Outcome outcome = Conformance.run(test);
    Class<?> expected =
        test.name().startsWith("own/outside/") ? Outcome.Outside.class : Outcome.Passed.class;
    assertInstanceOf(expected, outcome, () -> test.name() + ": got " + outcome);
  }

  @Test
  void run_otherValue_fails() {
    Outcome outcome = Conformance.run(only("expr: '1 + 1' value { int64_value: 3 }"));
    assertEquals(new Outcome.Failed("3", "2"), outcome);
  }

  @Test
  void run_valueInsteadOfError_fails() {
    Outcome outcome = Conformance.run(only("expr: '1 + 1' eval_error {}"));
    assertEquals(new Outcome.Failed("an error", "2"), outcome);
  }

  @Test
  void run_errorInsteadOfValue_fails() {
    Outcome outcome = Conformance.run(only("expr: '[1][7]' value { int64_value: 3 }"));
    assertEquals(new Outcome.Failed("3", "no value"), outcome);
  }

  @Test
  void parse_unclosedMessage_throws() {
    assertThrows(IllegalArgumentException.class, () -> TextProto.parse("a { b: 1"));
  }

  private static ConformanceCase only(String test) {
    return ConformanceCase.read("name: 'x' section { test { " + test + " } }").get(0);
  }
}
