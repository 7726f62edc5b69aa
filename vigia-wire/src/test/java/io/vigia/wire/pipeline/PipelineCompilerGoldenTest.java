package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mistake of meaning that core's compiler knows, and how its author is told. It stands here
 * because core knows neither the files that authors write nor the printing.
 */
final class PipelineCompilerGoldenTest {
  private static final Set<ProblemCode> REPORTED =
      EnumSet.of(
          ProblemCode.MISSING_WORD,
          ProblemCode.BAD_VALUE,
          ProblemCode.OVER_LIMIT,
          ProblemCode.DUPLICATE_NAME,
          ProblemCode.UNKNOWN_NAME,
          ProblemCode.TYPE_MISMATCH,
          ProblemCode.OPTIONAL_NOT_ALLOWED,
          ProblemCode.FEATURE_SHAPE,
          ProblemCode.FEATURE_ENTITY,
          ProblemCode.FEATURE_CYCLE,
          ProblemCode.FEATURE_UNUSED,
          ProblemCode.TABLE_SHAPE,
          ProblemCode.TABLE_UNUSED,
          ProblemCode.PATTERN_SHAPE,
          ProblemCode.PATTERN_STREAM,
          ProblemCode.PATTERN_UNUSED,
          ProblemCode.EXPR_SYNTAX,
          ProblemCode.EXPR_UNKNOWN,
          ProblemCode.EXPR_TYPE,
          ProblemCode.EXPR_LIMIT,
          ProblemCode.EXPR_RESULT,
          ProblemCode.RULE_SHAPE,
          ProblemCode.REASON_BRACES,
          ProblemCode.TEST_SHAPE);

  static List<GoldenFile> goldenFiles() {
    return GoldenFile.all("compiler");
  }

  private static Reading compile(GoldenFile golden) {
    Reading reading = Reading.of(golden.input());
    boolean compiled = PipelineCompiler.compile(reading.accepted(), reading.problems()).isPresent();
    assertEquals(!compiled, reading.problems().hasErrors(), golden::toString);
    return reading;
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void compile_goldenFile_printsAsExpected(GoldenFile golden) {
    Reading reading = compile(golden);
    golden.check(reading.printed() + (reading.problems().hasErrors() ? "" : "compiled\n"));
  }

  @Test
  void compile_goldenFiles_coverEveryCode() {
    Set<ProblemCode> seen = EnumSet.noneOf(ProblemCode.class);
    for (GoldenFile golden : goldenFiles()) {
      compile(golden).codes().forEach(seen::add);
    }
    assertEquals(REPORTED, seen);
  }

  /** What our own words say begins in lower case; CEL's raw texts do not get through. */
  @Test
  void compile_goldenFiles_tellInOurOwnWords() {
    for (GoldenFile golden : goldenFiles()) {
      for (Problem problem : compile(golden).problems().sorted()) {
        String said = problem.message() + " / " + problem.help();
        assertTrue(
            !Character.isUpperCase(said.charAt(0))
                && !said.endsWith(".")
                && !said.contains("expecting"),
            said);
      }
    }
  }
}
