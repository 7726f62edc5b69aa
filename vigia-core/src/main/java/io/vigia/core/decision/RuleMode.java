package io.vigia.core.decision;

import java.io.Serializable;

/**
 * How much a rule decides: for all keys, for some, for none.
 *
 * <p><b>Shape.</b> {@code percent} of the keys: 100 is {@code live}, 0 {@code shadow}, what lies
 * between a {@code rollout}.
 */
public record RuleMode(int percent) implements Serializable {
  public static final RuleMode LIVE = new RuleMode(100);
  public static final RuleMode SHADOW = new RuleMode(0);

  public RuleMode {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent of a rollout must be 0 to 100: got " + percent);
    }
  }
}
