package io.vigia.core.decision;

import io.vigia.core.event.EventId;

/**
 * For which keys a rule decides that is being rolled out.
 *
 * <p>A key's place among the hundred hangs on pipeline, rule and key alone: it is the same for
 * every event, in every run, and a key that is in at 10 percent is in at 20.
 */
final class Rollout {
  private final String pipeline;
  private final String rule;
  private final int percent;

  Rollout(String pipeline, String rule, RuleMode mode) {
    this.pipeline = pipeline;
    this.rule = rule;
    this.percent = mode.percent();
  }

  /** Whether the rule decides about events of a key. */
  boolean covers(String key) {
    if (percent == 0 || percent == 100) {
      return percent == 100;
    }
    // The hash of event ids, which nobody can aim at; taken only when the rule has fired.
    long hash = EventId.of(pipeline, "rollout", rule, key).high();
    return Long.remainderUnsigned(hash, 100) < percent;
  }
}
