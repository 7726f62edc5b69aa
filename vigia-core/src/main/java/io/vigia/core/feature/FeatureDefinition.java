package io.vigia.core.feature;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code by} has the entity's field or fields; {@code arguments} the aggregated
 * field, none for a count, one or several for first, last and previous; {@code several} tells
 * {@code [a]} (a value with parts) from {@code a}.
 *
 * <p><b>Units and bounds.</b> Milliseconds; {@code overMs} is {@link #UNBOUNDED} without {@code
 * over}.
 */
public record FeatureDefinition(
    Text name,
    Text on,
    List<Text> by,
    Aggregation aggregation,
    List<Text> arguments,
    boolean several,
    @Nullable Text where,
    long overMs,
    long delayMs,
    boolean excludeCurrent)
    implements Serializable {

  /** The window of a feature that never forgets. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  public FeatureDefinition {
    by = List.copyOf(by);
    arguments = List.copyOf(arguments);
  }
}
