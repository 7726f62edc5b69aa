package io.vigia.core.feature;

import io.vigia.core.expr.Variable;
import java.util.List;

/**
 * A checked feature: what it is called, whom it is about, and in which slots of a row its value
 * lies.
 *
 * @param entity the fields that make the entity's key, as {@code by} names them
 * @param arguments where the values come from that it aggregates
 * @param layer 0 for a feature that reads none of its own entity; otherwise one more than the
 *     highest of those it reads. An event's values are found layer by layer.
 */
public record Feature(
    FeatureDefinition definition,
    List<String> entity,
    Variable variable,
    List<Source> arguments,
    int layer) {
  public Feature {
    entity = List.copyOf(entity);
    arguments = List.copyOf(arguments);
  }

  public String name() {
    return variable.name();
  }

  /** From which layer on a feature of an entity can read this one; 0 where it is of another. */
  public int knownFrom(List<String> otherEntity) {
    return entity.equals(otherEntity) ? layer + 1 : 0;
  }
}
