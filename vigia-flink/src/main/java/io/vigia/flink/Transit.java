package io.vigia.flink;

import io.vigia.core.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * What flows between the operators of a job: a row on its way through the stages, or a record that
 * is finished and only passes.
 *
 * <p><b>Shape.</b> Exactly one of the two is there.
 */
final class Transit {
  private final @Nullable Row row;
  private final @Nullable OutputRecord output;

  private Transit(@Nullable Row row, @Nullable OutputRecord output) {
    this.row = row;
    this.output = output;
  }

  static Transit of(Row row) {
    return new Transit(row, null);
  }

  static Transit of(OutputRecord output) {
    return new Transit(null, output);
  }

  @Nullable Row row() {
    return row;
  }

  @Nullable OutputRecord output() {
    return output;
  }
}
