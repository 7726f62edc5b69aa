package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.replay.PipelineTest;
import java.util.List;

/** A pipeline file that a document shows, or that a table in it stands for. */
final class Documented {
  private Documented() {}

  static CompiledPipeline compiled(int line, String yaml) {
    Reading reading = Reading.of(yaml);
    return reading
        .definition()
        .flatMap(definition -> PipelineCompiler.compile(definition, reading.problems()))
        .orElseThrow(() -> new AssertionError("line " + line + "\n" + reading.printed()));
  }

  /** Compiles the file and runs its tests. */
  static void run(int line, String yaml) {
    CompiledPipeline pipeline = compiled(line, yaml);
    for (TestDefinition test : pipeline.definition().tests()) {
      assertEquals(
          List.of(),
          PipelineTest.describe(new PipelineTest(pipeline).run(test).failures()),
          "line " + line + ", " + test.name());
    }
  }
}
