package io.vigia.cli.backtest;

import io.vigia.core.decision.Decision;
import io.vigia.core.event.Row;
import io.vigia.core.expr.Variable;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells with a decision the value of every feature and table of the pipeline, in the order of the
 * file; one that events of the stream cannot have is missing.
 */
final class AllFeatures {
  private final CompiledPipeline pipeline;
  private final List<String> names;

  AllFeatures(CompiledPipeline pipeline) {
    this.pipeline = pipeline;
    Stream<String> features =
        pipeline.definition().features().stream().map(feature -> feature.name().value());
    Stream<String> tables =
        pipeline.streams().stream()
            .flatMap(stream -> pipeline.variables(stream).stream())
            .filter(Variable::isOfTable)
            .map(Variable::name)
            .distinct();
    this.names = Stream.concat(features, tables).toList();
  }

  Decision of(Decision decision, Row row) {
    Map<String, @Nullable Object> known = pipeline.features(row);
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (String name : names) {
      all.put(name, known.get(name));
    }
    return new Decision(
        decision.pipeline(),
        decision.version(),
        decision.event(),
        decision.outcome(),
        decision.score(),
        decision.rules(),
        decision.shadow(),
        decision.unknown(),
        decision.near(),
        all,
        decision.resolves(),
        decision.coarse(),
        decision.late());
  }
}
