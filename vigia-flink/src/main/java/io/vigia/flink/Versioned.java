package io.vigia.flink;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Problems;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pipeline's definition and version, as they travel with the job; each worker compiles it once.
 */
record Versioned(PipelineDefinition definition, int version) implements Serializable {
  /** Enough for the pipelines of one process; the operators of one job share what they compile. */
  private static final int KEPT = 16;

  private static final Map<PipelineDefinition, CompiledPipeline> COMPILED =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<PipelineDefinition, CompiledPipeline> eldest) {
          return size() > KEPT;
        }
      };

  CompiledPipeline compile() {
    synchronized (COMPILED) {
      CompiledPipeline known = COMPILED.get(definition);
      if (known == null) {
        Problems problems = new Problems();
        known =
            PipelineCompiler.compile(definition, problems)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "pipeline " + definition.name() + ": got " + problems.sorted()));
        COMPILED.put(definition, known);
      }
      return known;
    }
  }
}
