package io.vigia.flink;

import io.vigia.core.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * What flows between the operators of a job: a row on its way through the stages, or a record that
 * is finished and only passes.
 *
 * <p><b>Shape.</b> Exactly one of the two is there. The echo of a tick also says up to which time
 * all events have come, for the source alone: it does not travel on.
 */
final class Transit {
  private final @Nullable Row row;
  private final @Nullable OutputRecord output;
  private final long passedMs;

  private Transit(@Nullable Row row, @Nullable OutputRecord output, long passedMs) {
    this.row = row;
    this.output = output;
    this.passedMs = passedMs;
  }

  static Transit of(Row row) {
    return new Transit(row, null, Long.MIN_VALUE);
  }

  static Transit of(OutputRecord output) {
    return new Transit(null, output, Long.MIN_VALUE);
  }

  /** The echo of a tick. */
  static Transit of(OutputRecord echo, long passedMs) {
    return new Transit(null, echo, passedMs);
  }

  /** The time that a tick says has passed; {@link Long#MIN_VALUE} for all else. */
  long passedMs() {
    return passedMs;
  }

  @Nullable Row row() {
    return row;
  }

  @Nullable OutputRecord output() {
    return output;
  }
}
