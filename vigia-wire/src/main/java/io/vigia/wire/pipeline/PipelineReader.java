package io.vigia.wire.pipeline;

import io.vigia.core.pipeline.PipelineDefinition;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.util.Optional;

/**
 * Reads a pipeline file.
 *
 * <p><b>Shape.</b> The bytes of a YAML 1.2 file in, a {@link PipelineDefinition} out in which every
 * text knows its place. A scalar is read as text and given the type that its word asks for; nothing
 * is guessed.
 *
 * <p><b>Units and bounds.</b> Files of at most 1 MiB, {@value YamlTreeBuilder#DEPTH_MAX} levels,
 * {@value YamlTreeBuilder#NODES_MAX} values.
 *
 * <p><b>Errors.</b> All mistakes of form are added to the given problems in one reading: YAML that
 * does not parse, conditions that lack their quotes, unknown, missing and not yet built words,
 * wrong shapes, values and names. What names refer to, and whether types fit, the compiler checks.
 * Bytes never make it throw.
 */
public final class PipelineReader {
  private PipelineReader() {}

  /**
   * Reads a file.
   *
   * @param fileName as it is shown in problems
   * @return the definition, or nothing when {@code into} has received an error
   */
  public static Optional<PipelineDefinition> read(String fileName, byte[] content, Problems into) {
    int errorsBefore = into.errors();
    Optional<SourceText> source = SourceDecoder.decode(fileName, content, into);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    FormReport report = new FormReport(source.get(), into);
    Optional<YamlNode> tree = YamlReader.read(report);
    tree.ifPresent(root -> new FormChecker(report).check(root, PipelineGrammar.FILE));
    if (into.errors() == errorsBefore && tree.isEmpty()) {
      into.add(
          ProblemCode.MISSING_WORD,
          Place.of(fileName),
          "the file is empty",
          "begin it with vigia: 1 and pipeline: and the pipeline's name");
    }
    return into.errors() > errorsBefore
        ? Optional.empty()
        : tree.map(root -> new DefinitionBuilder(Form.of(root, source.get())).build());
  }
}
