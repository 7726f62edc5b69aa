package io.vigia.core.pattern;

import java.util.List;
import java.util.Set;

/**
 * A checked pattern: whom it is about, and which streams' events complete it.
 *
 * @param entity the fields that make the entity's key, as {@code by} names them
 * @param completedBy the streams of its last step; none when time completes it
 * @param features those that its conditions read
 */
public record Pattern(
    PatternDefinition definition,
    List<String> entity,
    Set<String> completedBy,
    Set<String> features,
    PatternMatcher matcher) {
  public Pattern {
    entity = List.copyOf(entity);
    completedBy = Set.copyOf(completedBy);
    features = Set.copyOf(features);
  }

  /** How many slots of a row its conditions borrow. */
  public int scratch() {
    return matcher.scratch();
  }

  /** Whether time completes it, and no event: it is a stream of its own, and never matched. */
  public boolean endsInSilence() {
    return matcher.endsInSilence();
  }

  public String name() {
    return definition.name().value();
  }
}
