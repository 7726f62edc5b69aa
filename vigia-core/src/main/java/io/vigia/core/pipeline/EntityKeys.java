package io.vigia.core.pipeline;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.problem.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields of a stream's events make the key of an entity.
 *
 * <p><b>Shape.</b> Mostly those that the entity is named after. A table {@code {on:
 * customer_changes, key: customer, by: buyer}} lies with the entity {@code buyer}, and the changes
 * find it by their field {@code customer}.
 */
final class EntityKeys {
  private record Place(String stream, List<String> entity) {}

  private final Map<Place, List<String>> ofTables = new HashMap<>();

  /**
   * Lets the events of a table's stream find its rows.
   *
   * @return false where another table has its rows of the same entity under another key
   */
  boolean add(TableDefinition table) {
    List<String> key = values(table.key());
    Place place = new Place(table.on().value(), values(table.readBy()));
    List<String> known = ofTables.putIfAbsent(place, key);
    return known == null || known.equals(key);
  }

  /** Whether the events of a stream visit an entity. */
  boolean visits(StreamSchema stream, List<String> entity) {
    return fields(stream, entity).isPresent();
  }

  /** The positions of the fields that make the key. */
  int[] of(StreamSchema stream, List<String> entity) {
    return fields(stream, entity).orElse(entity).stream().mapToInt(stream::position).toArray();
  }

  private Optional<List<String>> fields(StreamSchema stream, List<String> entity) {
    return Optional.ofNullable(ofTables.get(new Place(stream.name(), entity)))
        .or(() -> StagePlanner.visits(stream, entity) ? Optional.of(entity) : Optional.empty());
  }

  private static List<String> values(List<Text> texts) {
    return texts.stream().map(Text::value).toList();
  }
}
