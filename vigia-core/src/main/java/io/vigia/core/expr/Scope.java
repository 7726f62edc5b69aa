package io.vigia.core.expr;

import io.vigia.core.event.StreamSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the names of an expression lie in a row. */
final class Scope {
  private final @Nullable StreamSchema stream;
  private final Map<String, Variable> variables;
  private final Map<String, ValueList> lists;

  Scope(
      @Nullable StreamSchema stream,
      Map<String, Variable> variables,
      Map<String, ValueList> lists) {
    this.stream = stream;
    this.variables = Map.copyOf(variables);
    this.lists = Map.copyOf(lists);
  }

  /** One value of a row; {@code slots} is the Java variable that it lies in. */
  record Slot(String path, String slots, int index, Kind kind, boolean optional) {}

  /** The value of a variable without parts. */
  Slot variable(String name) {
    Variable variable = variables.get(name);
    if (variable == null || variable.hasParts()) {
      throw new NotCompiledException("the name " + name);
    }
    return feature(name, variable, 0);
  }

  /**
   * The value that {@code event.amount}, {@code last.city}, {@code step.first.city} or {@code
   * tables.customers.tier} is.
   */
  Slot slot(String path) {
    Variable whole = variables.get(path);
    if (whole != null && !whole.hasParts()) {
      return feature(path, whole, 0);
    }
    int dot = path.indexOf('.');
    String name = path.substring(0, dot);
    String part = path.substring(dot + 1);
    Variable variable = variables.get(name);
    if (variable != null) {
      int found = variable.find(part);
      if (found >= 0) {
        return feature(path, variable, found);
      }
    } else if (stream != null && name.equals(Names.EVENT)) {
      int field = stream.find(part);
      if (field >= 0) {
        boolean optional = stream.field(field).optional();
        return new Slot(path, "event", field, Kind.of(stream.type(field)), optional);
      }
    }
    throw new NotCompiledException("the name " + path);
  }

  /** A feature may always be missing: an event without its entity's key has none. */
  private static Slot feature(String path, Variable variable, int part) {
    Kind kind = Kind.of(variable.parts().get(part).type());
    return new Slot(path, "features", variable.slot() + part, kind, true);
  }

  ValueList list(String name) {
    ValueList list = lists.get(name);
    if (list == null) {
      throw new NotCompiledException("the list " + name);
    }
    return list;
  }

  /** For the interpreter. */
  @Nullable StreamSchema stream() {
    return stream;
  }

  Map<String, Variable> variables() {
    return variables;
  }

  Map<String, ValueList> lists() {
    return lists;
  }

  /** The paths of several bits, as they are told to people. */
  static String told(List<String> paths, long bits) {
    StringBuilder names = new StringBuilder();
    paths.stream()
        .filter(path -> (bits & 1L << paths.indexOf(path)) != 0)
        .sorted()
        .forEach(path -> names.append(names.isEmpty() ? "" : ", ").append(path));
    return names.append(" is missing").toString();
  }
}
