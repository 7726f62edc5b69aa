package io.vigia.core.decision;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code reason} may hold {@code {{expression}}} and is null when the rule gives
 * none; {@code schedule} is null for always.
 *
 * <p><b>Units and bounds.</b> {@code expiresMs} is the first event time at which the rule is not
 * asked any more, {@link #NEVER} without one.
 */
public record RuleDefinition(
    Text id,
    Text on,
    Text when,
    Text outcome,
    int score,
    @Nullable Text reason,
    RuleMode mode,
    @Nullable Schedule schedule,
    long expiresMs)
    implements Serializable {
  public static final long NEVER = Long.MAX_VALUE;

  /** A rule that is asked at any time and decides for all keys or for none. */
  public RuleDefinition(
      Text id, Text on, Text when, Text outcome, int score, @Nullable Text reason, boolean shadow) {
    this(
        id,
        on,
        when,
        outcome,
        score,
        reason,
        shadow ? RuleMode.SHADOW : RuleMode.LIVE,
        null,
        NEVER);
  }

  /** Whether it never decides. */
  public boolean shadow() {
    return mode.percent() == 0;
  }
}
