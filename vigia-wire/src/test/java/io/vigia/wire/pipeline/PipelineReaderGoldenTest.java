package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that the reader knows, and how it is told. */
final class PipelineReaderGoldenTest {
  private static final Set<ProblemCode> REPORTED =
      EnumSet.of(
          ProblemCode.FILE_UNREADABLE,
          ProblemCode.FILE_TOO_LARGE,
          ProblemCode.YAML_SYNTAX,
          ProblemCode.YAML_DUPLICATE_KEY,
          ProblemCode.YAML_FEATURE,
          ProblemCode.YAML_UNQUOTED,
          ProblemCode.UNKNOWN_WORD,
          ProblemCode.MISSING_WORD,
          ProblemCode.WRONG_SHAPE,
          ProblemCode.BAD_VALUE,
          ProblemCode.NOT_BUILT,
          ProblemCode.CONFLICTING_WORDS,
          ProblemCode.OVER_LIMIT,
          ProblemCode.BAD_NAME,
          ProblemCode.RESERVED_NAME);

  static List<GoldenFile> goldenFiles() {
    return GoldenFile.all("pipeline");
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void read_goldenFile_printsAsExpected(GoldenFile golden) {
    Reading reading = Reading.of(golden.input());
    golden.check(reading.definition().isPresent() ? "accepted\n" : reading.printed());
  }

  @Test
  void read_goldenFiles_coverEveryCode() {
    Set<ProblemCode> seen = EnumSet.noneOf(ProblemCode.class);
    for (GoldenFile golden : GoldenFile.all("pipeline")) {
      Reading.of(golden.input()).problems().sorted().stream().map(Problem::code).forEach(seen::add);
    }
    assertEquals(REPORTED, seen);
  }
}
