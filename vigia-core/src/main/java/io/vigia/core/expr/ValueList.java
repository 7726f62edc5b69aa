package io.vigia.core.expr;

import io.vigia.core.event.FieldType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A named list of values that expressions test membership of, by hash.
 *
 * <p>Decimals are members when they are equal as numbers.
 */
public final class ValueList {
  private final String name;
  private final FieldType of;
  private final List<Object> values;
  private final Set<Object> members = new LinkedHashSet<>();

  /** A list of values as {@link io.vigia.core.event.TextValue#parse} gives them. */
  public ValueList(String name, FieldType of, Collection<?> values) {
    this.name = name;
    this.of = of;
    this.values = List.copyOf(values);
    this.values.forEach(value -> members.add(normal(value)));
  }

  public String name() {
    return name;
  }

  public FieldType of() {
    return of;
  }

  public int size() {
    return values.size();
  }

  Object get(int index) {
    return values.get(index);
  }

  boolean contains(Object value) {
    return members.contains(normal(value));
  }

  private static Object normal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    // There are two zeros among the doubles, which are equal.
    return value instanceof Double real ? (Object) (real + 0.0) : value;
  }
}
