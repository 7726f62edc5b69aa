package io.vigia.core.expr;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names that an expression can use at its place, for saying what was probably meant. */
final class Names {
  static final String EVENT = "event";
  static final String LISTS = "lists";
  static final String TABLES = "tables";
  static final String NOW = "now";

  /** Ends the names of types that stand for a name's parts. */
  static final String TYPE_MARK = "@parts";

  /** Words that people bring from other languages. */
  private static final Map<String, String> HABITS = new HashMap<>();

  static {
    habit("write true", "True TRUE yes");
    habit("write false", "False FALSE no");
    habit(
        "ask has(event.<field>) whether an optional field is there",
        "nil None Null NULL undefined none missing NaN");
    habit("patterns are not built yet", "matched");
    habit("a feature is read by its name alone", "features feature");
    habit(
        "the event that is judged is called event: event.<field>",
        "this self it row record payload data msg message transaction tx");
  }

  private static void habit(String help, String names) {
    for (String name : names.split(" ", -1)) {
      HABITS.put(name, help);
    }
  }

  private final @Nullable StreamSchema stream;
  private final Map<String, Variable> variables;
  private final Map<String, ValueList> lists;
  private final Map<String, Unreadable> unreadable;

  Names(
      @Nullable StreamSchema stream,
      Map<String, Variable> variables,
      Map<String, ValueList> lists,
      Map<String, Unreadable> unreadable) {
    this.stream = stream;
    this.variables = variables;
    this.lists = lists;
    this.unreadable = Map.copyOf(unreadable);
  }

  /** Why a name that exists elsewhere cannot be read here, or null. */
  @Nullable Unreadable whyUnreadable(String name) {
    return unreadable.get(name);
  }

  /** Whether a name stands for something: an expression can read it, or select from it. */
  boolean isReadable(String name) {
    return variables.containsKey(name)
        || name.equals(EVENT)
        || name.equals(LISTS)
        || name.equals(TABLES)
        || name.equals(NOW);
  }

  boolean isField(String name) {
    return stream != null && stream.find(name) >= 0;
  }

  /**
   * What to do about an unknown name.
   *
   * @param part what is selected from it, or empty
   * @param alone whether it could have been meant as a text
   */
  String helpFor(String name, String part, boolean alone) {
    if (isField(name)) {
      return "write event." + name;
    }
    if (lists.containsKey(name)) {
      return "write lists." + name;
    }
    if (tables().contains(name)) {
      return "write " + TABLES + "." + name + "." + (part.isEmpty() ? "<column>" : part);
    }
    String written = Functions.written(name);
    if (written != null) {
      return "it is a function: " + written;
    }
    if (stream != null && name.equals(stream.name())) {
      return "the event that is judged is called event: event."
          + (part.isEmpty() ? "<field>" : part);
    }
    String habit = HABITS.get(name);
    if (habit != null) {
      return habit;
    }
    Set<String> known = new TreeSet<>(features());
    known.addAll(List.of(EVENT, LISTS, TABLES, NOW, "true", "false"));
    return Nearest.of(name, known)
        .or(() -> nearestElsewhere(name))
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> (alone ? "for a text, write \"" + name + "\"; " : "") + readable());
  }

  private Optional<String> nearestElsewhere(String name) {
    Optional<String> field =
        stream == null
            ? Optional.empty()
            : Nearest.of(name, stream.fieldNames()).map(near -> EVENT + "." + near);
    return field
        .or(() -> Nearest.of(name, lists.keySet()).map(near -> LISTS + "." + near))
        .or(() -> Nearest.of(name, tables()).map(near -> TABLES + "." + near));
  }

  /** What is read by its name alone. */
  private Set<String> features() {
    Set<String> features = new TreeSet<>(variables.keySet());
    features.removeIf(Variable::isOfTable);
    return features;
  }

  /** The tables that can be read here. */
  private Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    for (Variable variable : variables.values()) {
      if (variable.isOfTable()) {
        tables.add(Variable.tableIn(variable.name()).substring(TABLES.length() + 1));
      }
    }
    return tables;
  }

  private String readable() {
    String tables = tables().isEmpty() ? "" : ", tables.<table>.<column>";
    return features().isEmpty()
        ? "an expression reads event.<field>" + tables + " and lists.<list>"
        : "an expression reads event.<field>, lists.<list>"
            + tables
            + " and features: "
            + String.join(", ", features());
  }

  /** Says that {@code of} has no such part. */
  String noPart(String of, String part) {
    if (of.equals(LISTS)) {
      return "unknown list '" + part + "'";
    }
    if (of.equals(TABLES)) {
      return "unknown table '" + part + "'";
    }
    if (Variable.isOfTable(of)) {
      return "table '" + of.substring(TABLES.length() + 1) + "' has no column '" + part + "'";
    }
    return of.equals(EVENT) && stream != null
        ? "stream '" + stream.name() + "' has no field '" + part + "'"
        : "'" + of + "' has no part '" + part + "'";
  }

  /** What to do about an unknown part of {@code of}. */
  String helpForPart(String of, String part) {
    Collection<String> known = partsOf(of);
    if (of.equals(LISTS) && known.isEmpty()) {
      return "this pipeline has no lists";
    }
    if (of.equals(TABLES) && known.isEmpty()) {
      return "there is no table that an event here has a row of";
    }
    if (of.equals(EVENT) && variables.containsKey(part)) {
      return "'" + part + "' is a feature: write it alone";
    }
    return Nearest.help(part, known);
  }

  /** What to write instead of a name with parts alone. */
  String partHelp(String name) {
    return switch (name) {
      case EVENT -> "write event.<field>";
      case LISTS -> "write lists.<list>";
      case TABLES -> "write tables.<table>.<column>";
      default -> {
        Collection<String> parts = partsOf(name);
        if (Variable.isOfTable(name)) {
          String column =
              parts.isEmpty() ? "" : "write " + name + "." + parts.iterator().next() + "; ";
          yield column + "whether there is a row is has(" + name + ")";
        }
        yield parts.isEmpty()
            ? "write " + name + ".<part>"
            : "write " + name + "." + parts.iterator().next();
      }
    };
  }

  /** How to ask for an optional field, with one of the stream's own. */
  String hasHelp() {
    String field = "<field>";
    if (stream != null) {
      for (int i = stream.size() - 1; i >= 0; i--) {
        field = stream.field(i).optional() ? stream.field(i).name().value() : field;
      }
    }
    return "write has(event." + field + ")";
  }

  private Collection<String> partsOf(String of) {
    if (of.equals(LISTS)) {
      return lists.keySet();
    }
    if (of.equals(TABLES)) {
      return tables();
    }
    if (Variable.isOfTable(of)) {
      return columnsOf(of);
    }
    Variable variable = variables.get(of);
    if (variable != null) {
      return variable.parts().stream().map(Variable.Part::name).toList();
    }
    return stream == null || !of.equals(EVENT) ? List.of() : stream.fieldNames();
  }

  private List<String> columnsOf(String table) {
    return variables.keySet().stream()
        .filter(name -> name.startsWith(table + "."))
        .map(name -> name.substring(table.length() + 1))
        .toList();
  }
}
