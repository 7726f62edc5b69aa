package io.vigia.benchmarks.payments;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Pipelines of this module, compiled; one that does not compile is a mistake of ours. */
public final class PipelineText {
  private PipelineText() {}

  /** Compiles a file. */
  public static CompiledPipeline compile(String name, byte[] content) {
    Problems problems = new Problems();
    return PipelineReader.read(name, content, problems)
        .flatMap(definition -> PipelineCompiler.compile(definition, problems))
        .orElseThrow(() -> new IllegalStateException(name + ": got " + problems.sorted()));
  }

  /** The bytes of a file that stands beside a class. */
  public static byte[] beside(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
