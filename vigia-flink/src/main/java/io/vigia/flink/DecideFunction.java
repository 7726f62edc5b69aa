package io.vigia.flink;

import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** Judges each row that has visited all stages; finished records pass. */
final class DecideFunction extends RichMapFunction<Transit, Transit> {
  private static final long serialVersionUID = 1L;

  private final Versioned pipeline;
  private final ListsSource listsSource;
  private transient ListsSource.@Nullable Known lists;
  private transient @Nullable CompiledPipeline compiled;
  private transient @Nullable Outputs outputs;

  DecideFunction(Versioned pipeline, ListsSource lists) {
    this.pipeline = pipeline;
    this.listsSource = lists;
  }

  @Override
  public void open(OpenContext context) {
    CompiledPipeline known = pipeline.compile();
    known.prepare();
    compiled = known;
    ListsSource.Known here = listsSource.open(known);
    lists = here;
    getRuntimeContext().getMetricGroup().gauge("listChangesMissed", here::missed);
    outputs = new Outputs(known);
  }

  @Override
  public Transit map(Transit transit) {
    Row row = transit.row();
    if (row == null) {
      return transit;
    }
    Lists known = Objects.requireNonNull(lists).lists();
    row.useLists(known);
    known.judged(row.event().appendMs());
    return Transit.of(
        Objects.requireNonNull(outputs)
            .decision(Objects.requireNonNull(compiled).decide(row), row));
  }

  @Override
  public void close() {
    if (lists != null) {
      lists = null;
      listsSource.close();
    }
  }
}
