package io.vigia.core.decision;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the pipeline file declares it: which outcomes raise it, what makes two of them the
 * same, for how long a raised one stays quiet, and what ends it.
 *
 * <p><b>Shape.</b> {@code resolveWhen} is a condition over a later event of the same group; null
 * for none.
 *
 * <p><b>Units and bounds.</b> {@code cooldownMs} in event time, 0 for none; {@code resolveAfterMs}
 * without a further decision and {@code repeatMs} between two notices by the clock of who keeps the
 * alerts, 0 for none.
 */
public record AlertDefinition(
    Text name,
    List<Text> outcomes,
    List<Text> groupBy,
    long cooldownMs,
    @Nullable Text resolveWhen,
    long resolveAfterMs,
    long repeatMs)
    implements Serializable {
  public AlertDefinition {
    outcomes = List.copyOf(outcomes);
    groupBy = List.copyOf(groupBy);
  }

  /** An alert that nothing ends. */
  public AlertDefinition(Text name, List<Text> outcomes, List<Text> groupBy, long cooldownMs) {
    this(name, outcomes, groupBy, cooldownMs, null, 0, 0);
  }

  /** Whether a decision with that outcome raises it. */
  public boolean isRaisedBy(String outcome) {
    return outcomes.stream().anyMatch(each -> each.value().equals(outcome));
  }

  /**
   * When an alert was joined last, or before, that has been quiet for long enough now, by the
   * clock.
   */
  public long quietSinceMs(long nowMs) {
    return nowMs - resolveAfterMs;
  }

  /** When an alert was said last, or before, that is to be said again now, by the clock. */
  public long saidSinceMs(long nowMs) {
    return nowMs - repeatMs;
  }
}
