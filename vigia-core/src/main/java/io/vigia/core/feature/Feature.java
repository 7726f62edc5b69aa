package io.vigia.core.feature;

import io.vigia.core.expr.Variable;
import java.util.List;

/**
 * A checked feature: what it is called, whom it is about, and in which slots of a row its value
 * lies.
 *
 * @param entity the fields that make the entity's key, as {@code by} names them
 */
public record Feature(FeatureDefinition definition, List<String> entity, Variable variable) {
  public Feature {
    entity = List.copyOf(entity);
  }

  public String name() {
    return variable.name();
  }
}
