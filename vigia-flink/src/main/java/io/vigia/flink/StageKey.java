package io.vigia.flink;

import io.vigia.core.event.Row;
import io.vigia.core.pipeline.Stage;
import java.util.Objects;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/**
 * The key under which a row visits a stage.
 *
 * <p>A row without a key there passes under its stream's own key, which keeps it in order with its
 * neighbours, and touches no state.
 */
final class StageKey implements KeySelector<Transit, String> {
  private static final long serialVersionUID = 1L;

  private final Versioned pipeline;
  private final int index;
  private transient @Nullable Stage stage;

  StageKey(Versioned pipeline, int index) {
    this.pipeline = pipeline;
    this.index = index;
  }

  @Override
  public String getKey(Transit transit) {
    Row row = transit.row();
    if (row == null) {
      // Records that only pass are spread by their own key: their order among themselves is kept.
      byte[] key = Objects.requireNonNull(transit.output()).key();
      return key == null ? "" : Integer.toString(java.util.Arrays.hashCode(key));
    }
    Stage known = stage;
    if (known == null) {
      known = pipeline.compile().stages().get(index);
      stage = known;
    }
    String key = known.keyOf(row);
    return key == null ? row.event().key() : key;
  }
}
