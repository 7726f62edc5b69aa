package io.vigia.core.pipeline;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Unreadable;
import io.vigia.core.expr.Variable;
import io.vigia.core.feature.FeatureCompiler;
import io.vigia.core.feature.Table;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables of a pipeline while it is compiled: their slots, their keys, and who reads them. */
final class TableSection {
  private final List<TableDefinition> definitions;
  private final EntityKeys keys;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, CompiledCondition> deletions = new HashMap<>();
  private int slots;

  TableSection(List<TableDefinition> definitions, EntityKeys keys) {
    this.definitions = List.copyOf(definitions);
    this.keys = keys;
  }

  /**
   * Checks all tables; their slots are the first ones of a row.
   *
   * @param streams those in which nothing was found, by name
   * @param declared the names of all
   * @param expressions compiles over the events of a stream and the lists alone
   */
  void check(
      Map<String, StreamSchema> streams,
      Set<String> declared,
      Function<StreamSchema, ExpressionCompiler> expressions,
      Problems problems) {
    TableChecker checker = new TableChecker(streams, declared, keys, problems);
    for (TableDefinition definition : definitions) {
      StreamSchema stream = checker.check(definition);
      if (stream != null && compileDeletion(definition, expressions.apply(stream), problems)) {
        Table table = Table.of(definition, stream, slots);
        slots += table.variables().size();
        tables.putIfAbsent(table.path(), table);
      }
    }
  }

  private boolean compileDeletion(
      TableDefinition definition, ExpressionCompiler compiler, Problems problems) {
    Text when = definition.deleteWhen();
    if (when == null) {
      return true;
    }
    int before = problems.errors();
    compiler
        .condition(when, problems)
        .ifPresent(compiled -> deletions.putIfAbsent(definition.path(), compiled));
    return problems.errors() == before;
  }

  /** Why a condition that ends a row cannot read what rules can. */
  static final Unreadable NOT_IN_DELETIONS =
      new Unreadable(
          ProblemCode.EXPR_UNKNOWN,
          "is not known when a row changes: delete_when reads the event and the lists",
          "read event.<field>");

  /** How many slots of a row the tables need. */
  int slots() {
    return slots;
  }

  /** The tables of one entity. */
  List<Table> of(List<String> entity) {
    return tables.values().stream().filter(table -> table.entity().equals(entity)).toList();
  }

  List<List<String>> entities() {
    return tables.values().stream().map(Table::entity).distinct().toList();
  }

  FeatureCompiler.@Nullable Filter deletionOf(Table table) {
    CompiledCondition deletion = deletions.get(table.path());
    return deletion == null ? null : new FeatureCompiler.Filter(deletion, 0);
  }

  /** The table that a name such as {@code tables.customers.tier} belongs to, or null. */
  @Nullable Table find(String name) {
    return Variable.isOfTable(name) ? tables.get(Variable.tableIn(name)) : null;
  }

  /**
   * What expressions over a stream's events can read.
   *
   * @param filled whether they have a value of what lies with an entity
   */
  List<Variable> variables(Predicate<List<String>> filled) {
    return tables.values().stream()
        .filter(table -> filled.test(table.entity()))
        .flatMap(table -> table.variables().stream())
        .toList();
  }

  /**
   * Why those cannot be read that cannot.
   *
   * @param silent whether the stream is that of the matches of a pattern
   */
  void addUnreadable(
      StreamSchema stream,
      boolean silent,
      Predicate<List<String>> filled,
      Map<String, Unreadable> unreadable) {
    for (TableDefinition definition : definitions) {
      Table table = tables.get(definition.path());
      if (table == null) {
        unreadable.put(definition.path(), Unreadable.TOLD);
      } else if (silent && !filled.test(table.entity())) {
        unreadable.put(definition.path(), OTHER_ENTITY);
      } else if (!filled.test(table.entity())) {
        unreadable.put(definition.path(), withoutKey(table, stream));
      }
    }
  }

  private static final Unreadable OTHER_ENTITY =
      new Unreadable(
          ProblemCode.FEATURE_ENTITY,
          "is of another entity than the pattern",
          "a rule on a pattern reads the tables of the pattern's own entity");

  private static Unreadable withoutKey(Table table, StreamSchema stream) {
    String missing =
        table.entity().stream().filter(field -> stream.find(field) < 0).findFirst().orElseThrow();
    String key = String.join(", ", table.entity());
    return new Unreadable(
        ProblemCode.FEATURE_ENTITY,
        "has its rows by "
            + key
            + ", and stream '"
            + stream.name()
            + "' has no field '"
            + missing
            + "'",
        "where another field names the row, say so in the table: by: <field>");
  }

  /** What a feature on a stream says when it aggregates something that is no column. */
  @Nullable Unreadable whyNoColumn(String path) {
    if (!Variable.isOfTable(path)) {
      return null;
    }
    Table table = find(path);
    if (table == null) {
      List<String> paths = definitions.stream().map(TableDefinition::path).toList();
      return new Unreadable(
          ProblemCode.UNKNOWN_NAME,
          "is of no table",
          paths.isEmpty()
              ? "declare it in the section tables"
              : Nearest.help(Variable.tableIn(path), paths));
    }
    List<String> columns =
        table.variables().stream()
            .skip(1)
            .map(column -> column.name().substring(table.path().length() + 1))
            .toList();
    String column = path.substring(Math.min(path.length(), table.path().length() + 1));
    return new Unreadable(
        ProblemCode.UNKNOWN_NAME,
        column.isEmpty() ? "is a table and no column of one" : "is no column of the table",
        Nearest.help(column, columns));
  }

  /** Tells of tables that nothing reads. */
  void warnOfUnused(Set<String> read, Problems problems) {
    for (Table table : tables.values()) {
      if (table.variables().stream().noneMatch(variable -> read.contains(variable.name()))) {
        problems.add(
            ProblemCode.TABLE_UNUSED,
            table.definition().name().place(),
            "nothing reads table '" + table.definition().name() + "'",
            "read a column of it, " + examples(table) + ", or remove it");
      }
    }
  }

  private static String examples(Table table) {
    List<String> names = new ArrayList<>();
    table.variables().stream().skip(1).limit(1).forEach(column -> names.add(column.name()));
    return names.isEmpty() ? "has(" + table.path() + ")" : names.get(0);
  }
}
