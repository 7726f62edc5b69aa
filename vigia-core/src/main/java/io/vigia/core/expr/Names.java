package io.vigia.core.expr;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names that an expression can use at its place, for saying what was probably meant. */
final class Names {
  static final String EVENT = "event";
  static final String LISTS = "lists";
  static final String NOW = "now";

  /** Ends the names of types that stand for a name's parts. */
  static final String TYPE_MARK = "@parts";

  private static final List<String> FUNCTIONS =
      List.of(
          "size",
          "int",
          "double",
          "string",
          "bool",
          "duration",
          "timestamp",
          "decimal",
          "has",
          "contains",
          "startsWith",
          "endsWith",
          "matches",
          "exists",
          "all",
          "exists_one",
          "filter",
          "map",
          "getFullYear",
          "getMonth",
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");

  /** Words that people bring from other languages. */
  private static final Map<String, String> HABITS =
      Map.of(
          "True", "write true",
          "TRUE", "write true",
          "False", "write false",
          "FALSE", "write false",
          "nil", "ask has(event.<field>) whether an optional field is there",
          "None", "ask has(event.<field>) whether an optional field is there",
          "matched", "patterns are not built yet");

  private final @Nullable StreamSchema stream;
  private final Map<String, Variable> variables;
  private final Map<String, ValueList> lists;
  private final Map<String, String> unreadable;

  Names(
      @Nullable StreamSchema stream,
      Map<String, Variable> variables,
      Map<String, ValueList> lists,
      Map<String, String> unreadable) {
    this.stream = stream;
    this.variables = variables;
    this.lists = lists;
    this.unreadable = Map.copyOf(unreadable);
  }

  /** Why a name that exists elsewhere cannot be read here, or null. */
  @Nullable String whyUnreadable(String name) {
    return unreadable.get(name);
  }

  /** What to do about an unknown name that stands alone. */
  String helpFor(String name) {
    if (stream != null && stream.find(name) >= 0) {
      return "write event." + name;
    }
    if (lists.containsKey(name)) {
      return "write lists." + name;
    }
    String habit = HABITS.get(name);
    if (habit != null) {
      return habit;
    }
    Set<String> known = new TreeSet<>(variables.keySet());
    known.addAll(List.of(EVENT, LISTS, NOW));
    known.addAll(FUNCTIONS);
    return Nearest.of(name, known)
        .or(
            () ->
                stream == null
                    ? java.util.Optional.empty()
                    : Nearest.of(name, stream.fieldNames()).map(field -> EVENT + "." + field))
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(
            () ->
                variables.isEmpty()
                    ? "an expression reads event.<field> and lists.<list>"
                    : "an expression reads event.<field>, lists.<list> and the features "
                        + String.join(", ", new TreeSet<>(variables.keySet())));
  }

  /** What to do about an unknown part of {@code of}. */
  String helpForPart(String of, String part) {
    Collection<String> known = partsOf(of);
    return known.isEmpty() && of.equals(LISTS)
        ? "this pipeline has no lists"
        : Nearest.help(part, known);
  }

  private Collection<String> partsOf(String of) {
    Variable variable = variables.get(of);
    if (variable != null) {
      return variable.parts().stream().map(Variable.Part::name).toList();
    }
    if (of.equals(LISTS)) {
      return lists.keySet();
    }
    return stream == null || !of.equals(EVENT) ? List.of() : stream.fieldNames();
  }

  boolean isFunction(String name) {
    return FUNCTIONS.contains(name);
  }
}
