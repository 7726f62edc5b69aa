package io.vigia.core.pipeline;

import io.vigia.core.event.FieldType;
import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;

/**
 * A list of values as the pipeline file declares it: {@code of} is string, int or decimal... any
 * type but bool.
 */
public record ListDefinition(Text name, FieldType of, List<Text> values) implements Serializable {
  public ListDefinition {
    values = List.copyOf(values);
  }
}
