package io.vigia.core.feature;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A feature as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code by} has the entity's field or fields; {@code arguments} the aggregated
 * field, none for a count, one or several for first, last and previous; {@code several} tells
 * {@code [a]} (a value with parts) from {@code a}.
 *
 * @param parameter a number that the aggregation needs (see {@link Aggregation}), else 0
 * @param condition that of a ratio, else null
 */
public record FeatureDefinition(
    Text name,
    Text on,
    List<Text> by,
    Aggregation aggregation,
    List<Text> arguments,
    boolean several,
    @Nullable Text where,
    WindowDefinition window,
    long delayMs,
    boolean excludeCurrent,
    long parameter,
    @Nullable Text condition)
    implements Serializable {

  /** The length of a window that is not bounded by a time. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  public FeatureDefinition {
    by = List.copyOf(by);
    arguments = List.copyOf(arguments);
  }

  /** A feature over a look-back window, or over everything where that is {@link #UNBOUNDED}. */
  public FeatureDefinition(
      Text name,
      Text on,
      List<Text> by,
      Aggregation aggregation,
      List<Text> arguments,
      boolean several,
      @Nullable Text where,
      long overMs,
      long delayMs,
      boolean excludeCurrent) {
    this(
        name,
        on,
        by,
        aggregation,
        arguments,
        several,
        where,
        overMs == UNBOUNDED ? WindowDefinition.EVER : WindowDefinition.lookBack(overMs),
        delayMs,
        excludeCurrent,
        0,
        null);
  }

  /** The length of a look-back window; {@link #UNBOUNDED} for all others. */
  public long overMs() {
    return window.kind() == WindowDefinition.Kind.LOOK_BACK ? window.size() : UNBOUNDED;
  }

  /** Its {@code where} and the condition of a ratio, as far as it has them. */
  public List<Text> conditions() {
    return Stream.of(where, condition).filter(Objects::nonNull).toList();
  }

  /** Whether it is kept as folds rather than as the events of a window. */
  boolean isFolded() {
    return window.isEver() || window.resolutionMs() > 0 || aggregation == Aggregation.USUAL;
  }
}
