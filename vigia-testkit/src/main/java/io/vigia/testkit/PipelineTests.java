package io.vigia.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.PipelineTest;
import io.vigia.core.replay.PipelineTest.Report;
import io.vigia.wire.pipeline.PipelineReader;
import io.vigia.wire.pipeline.ProblemPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Makes the tests that stand in a pipeline file tests of JUnit.
 *
 * <p><b>Shape.</b> One dynamic test for each under {@code tests:}, under its name and with its line
 * in the file, so that an editor jumps there:
 *
 * <pre>
 * {@literal @}TestFactory
 * Stream&lt;DynamicTest&gt; cardFraud() {
 *   return PipelineTests.of(Path.of("pipelines/card-fraud.yaml"));
 * }
 * </pre>
 *
 * <p><b>Units and bounds.</b> Each test runs from an empty history, in virtual time, in this
 * thread, without any server.
 *
 * <p><b>Errors.</b> A file that cannot be run fails with everything that is wrong with it, as
 * {@code vigia validate} says it. A test that fails says what {@code vigia test} says.
 */
public final class PipelineTests {
  private PipelineTests() {}

  /** The tests of a pipeline file. */
  public static Stream<DynamicTest> of(Path file) {
    CompiledPipeline pipeline = compile(file);
    PipelineTest tests = new PipelineTest(pipeline);
    return pipeline.definition().tests().stream().map(test -> dynamic(file, tests, test));
  }

  /** A pipeline file made ready to run, for tests of one's own with {@code Replay}. */
  public static CompiledPipeline compile(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("pipeline file " + file + ": " + e, e);
    }
    Problems problems = new Problems();
    return PipelineReader.read(file.toString(), content, problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(
            () ->
                new AssertionError(
                    ProblemPrinter.print(
                        problems, name -> new String(content, StandardCharsets.UTF_8), false)));
  }

  private static DynamicTest dynamic(Path file, PipelineTest tests, TestDefinition test) {
    URI place = URI.create(file.toAbsolutePath().toUri() + "?line=" + test.name().place().line());
    return DynamicTest.dynamicTest(test.name().value(), place, () -> run(tests, test));
  }

  private static void run(PipelineTest tests, TestDefinition test) {
    Report report = tests.run(test);
    if (!report.passed()) {
      fail(test.name() + "\n" + String.join("\n", PipelineTest.describe(report.failures())));
    }
  }
}
