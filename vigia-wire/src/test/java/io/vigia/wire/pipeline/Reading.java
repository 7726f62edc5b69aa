package io.vigia.wire.pipeline;

import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A file that was read, for tests. */
record Reading(byte[] content, Optional<PipelineDefinition> definition, Problems problems) {
  static final String FILE = "pipeline.yaml";

  static Reading of(byte[] content) {
    Problems problems = new Problems();
    return new Reading(content, PipelineReader.read(FILE, content, problems), problems);
  }

  static Reading of(String content) {
    return of(content.getBytes(StandardCharsets.UTF_8));
  }

  String printed() {
    return ProblemPrinter.print(
        problems, file -> new String(content, StandardCharsets.UTF_8), false);
  }

  /** The definition of a file in which nothing is wrong. */
  PipelineDefinition accepted() {
    return definition.orElseThrow(() -> new AssertionError(printed()));
  }

  List<ProblemCode> codes() {
    return problems.sorted().stream().map(Problem::code).toList();
  }
}
