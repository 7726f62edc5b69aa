package io.vigia.core.expr;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import dev.cel.runtime.AccumulatedUnknowns;
import dev.cel.runtime.CelAttribute;
import io.vigia.core.event.Row;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How CEL's interpreter sees a row: names with parts and lists that it neither walks nor copies.
 */
final class Views {
  private Views() {}

  /**
   * A name whose parts are selected. A part that is missing is an unknown that carries its name.
   */
  static final class Parts implements SelectableValue<String> {
    private static final Map<String, List<CelAttribute>> ATTRIBUTES = new ConcurrentHashMap<>();

    private final String name;
    private final Function<String, @Nullable Object> part;

    Parts(String name, Function<String, @Nullable Object> part) {
      this.name = name;
      this.part = part;
    }

    @Override
    public Object select(String field) {
      Object value = part.apply(field);
      // A fresh one each time: the interpreter merges unknowns in place.
      return value != null ? value : AccumulatedUnknowns.create(List.of(), attribute(field));
    }

    @Override
    public Optional<Object> find(String field) {
      return Optional.ofNullable(part.apply(field));
    }

    private List<CelAttribute> attribute(String field) {
      return ATTRIBUTES.computeIfAbsent(
          name + "." + field, path -> List.of(CelAttribute.fromQualifiedIdentifier(path)));
    }
  }

  /**
   * {@code tables}: each can be selected from, and is there for {@code has} when the event has a
   * row of it.
   */
  static final class Tables implements SelectableValue<String> {
    private final Function<String, @Nullable Object> value;

    /**
     * @param value gives that of a path such as {@code tables.customers.tier}
     */
    Tables(Function<String, @Nullable Object> value) {
      this.value = value;
    }

    @Override
    public Object select(String table) {
      String path = Names.TABLES + "." + table;
      return new Parts(path, column -> value.apply(path + "." + column));
    }

    @Override
    public Optional<Object> find(String table) {
      return Optional.ofNullable(value.apply(Names.TABLES + "." + table));
    }
  }

  /** A list as the event of a row sees it; membership is looked up by hash. */
  static final class Members extends AbstractList<Object> {
    private final ValueList declared;
    private final Row row;
    private @Nullable ValueList seen;

    Members(ValueList declared, Row row) {
      this.declared = declared;
      this.row = row;
    }

    private ValueList seen() {
      ValueList known = seen;
      if (known == null) {
        known = declared.asOf(row.lists(), row.event().appendMs(), row.event().timeMs());
        seen = known;
      }
      return known;
    }

    @Override
    public Object get(int index) {
      return seen().get(index);
    }

    @Override
    public int size() {
      return seen().size();
    }

    @Override
    public boolean contains(@Nullable Object value) {
      return value != null
          && declared.contains(value, row.lists(), row.event().appendMs(), row.event().timeMs());
    }
  }

  /** Keeps the interpreter from copying a list at every read. It never changes for one row. */
  @SuppressWarnings("Immutable")
  static final class Box extends CelValue {
    private final Members members;

    Box(ValueList list, Row row) {
      this.members = new Members(list, row);
    }

    @Override
    public Object value() {
      return members;
    }

    @Override
    public boolean isZeroValue() {
      return members.isEmpty();
    }

    @Override
    public CelType celType() {
      return ListType.create(SimpleType.DYN);
    }
  }
}
