package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Variable;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked table: whom its rows are about, what is kept of them, and in which slots of a row of
 * the stages they lie.
 *
 * <p><b>Shape.</b> The first slot tells whether there is a row; the columns follow.
 *
 * @param entity the fields that name a row in the events that are judged by it
 * @param variables what expressions read: first {@code tables.customers}, then {@code
 *     tables.customers.tier} and the other columns
 * @param columns where the values come from, all of them fields
 */
public record Table(
    TableDefinition definition,
    List<String> entity,
    List<Variable> variables,
    List<Source> columns) {
  public Table {
    entity = List.copyOf(entity);
    variables = List.copyOf(variables);
    columns = List.copyOf(columns);
  }

  /** A table in which nothing was found. */
  public static Table of(TableDefinition definition, StreamSchema stream, int firstSlot) {
    List<Variable> variables = new ArrayList<>();
    List<Source> columns = new ArrayList<>();
    variables.add(Variable.plain(definition.path(), FieldType.BOOL, firstSlot));
    for (String column : columnsOf(definition, stream)) {
      int field = stream.position(column);
      variables.add(
          Variable.plain(
              definition.path() + "." + column, stream.type(field), firstSlot + variables.size()));
      columns.add(Source.field(field, stream.type(field), stream.field(field).optional()));
    }
    return new Table(
        definition, definition.readBy().stream().map(Text::value).toList(), variables, columns);
  }

  private static List<String> columnsOf(TableDefinition definition, StreamSchema stream) {
    List<String> named = definition.columns().stream().map(Text::value).toList();
    List<String> key = definition.key().stream().map(Text::value).toList();
    return named.isEmpty()
        ? stream.definition().fields().stream()
            .map(field -> field.name().value())
            .filter(field -> !key.contains(field))
            .toList()
        : named;
  }

  /** How an expression names it, {@code tables.customers}. */
  public String path() {
    return definition.path();
  }

  int slot() {
    return variables.get(0).slot();
  }

  /** What a feature of an entity takes when it aggregates a column; null where there is none. */
  public @Nullable Source source(String path, List<String> ofEntity) {
    for (int i = 1; i < variables.size(); i++) {
      Variable column = variables.get(i);
      if (column.name().equals(path)) {
        return Source.feature(column.slot(), column.parts().get(0).type(), knownFrom(ofEntity));
      }
    }
    return null;
  }

  /** From which layer on features of an entity can read it (see {@link Feature}). */
  public int knownFrom(List<String> ofEntity) {
    return entity.equals(ofEntity) ? 1 : 0;
  }
}
