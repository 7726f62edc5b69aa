package io.vigia.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.PipelineTest;
import io.vigia.wire.pipeline.PipelineReader;
import io.vigia.wire.pipeline.ProblemPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A pipeline of the examples folder, read and compiled as a user's would be. */
final class Example {
  private Example() {}

  /** The compiled file; anything found in it, a warning too, fails the test. */
  static CompiledPipeline compiled(String name) {
    Path file = root().resolve("examples").resolve(name).resolve("pipeline.yaml");
    try {
      byte[] content = Files.readAllBytes(file);
      Problems problems = new Problems();
      CompiledPipeline compiled =
          PipelineReader.read(file.toString(), content, problems)
              .flatMap(definition -> PipelineCompiler.compile(definition, problems))
              .orElse(null);
      String source = new String(content, StandardCharsets.UTF_8);
      assertEquals("", ProblemPrinter.print(problems, path -> source, false));
      if (compiled == null) {
        throw new AssertionError(file + " did not compile");
      }
      return compiled;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the tests in the file found, a line for each failure. */
  static List<String> failuresOf(CompiledPipeline pipeline) {
    List<String> failures = new ArrayList<>();
    for (TestDefinition test : pipeline.definition().tests()) {
      new PipelineTest(pipeline)
          .run(test)
          .failures()
          .forEach(failure -> failures.add(test.name() + ": " + failure));
    }
    return failures;
  }

  /** The repository, wherever in it the test was started. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("examples"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("no folder above " + Path.of("").toAbsolutePath() + " has examples");
    }
    return folder;
  }
}
