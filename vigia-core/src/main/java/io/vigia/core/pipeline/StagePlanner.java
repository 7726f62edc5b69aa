package io.vigia.core.pipeline;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the entities of a pipeline into the order in which every row visits them, and says where
 * each stream's ids are checked.
 *
 * <p><b>Shape.</b> A stream visits every entity whose fields it has. Its own key comes first, so
 * that a repeated event has changed nothing yet when it is recognised. An entity whose features are
 * read by another's comes before that one in any case. Where this, or two streams, want opposite
 * orders, the ids of the stream that loses are checked at a stage of their own, before all others.
 */
final class StagePlanner {
  private final List<StreamSchema> streams;
  private final Set<List<String>> entities = new LinkedHashSet<>();
  private final Map<List<String>, Set<List<String>>> readBy;
  private final EntityKeys keys;

  /** One stage to be: its entity and the streams whose ids it checks. */
  record Planned(
      String name, List<String> entity, boolean hasFeatures, List<StreamSchema> checked) {
    Planned {
      entity = List.copyOf(entity);
      checked = List.copyOf(checked);
    }
  }

  /**
   * @param withFeatures the entities that have features, in the order of the file
   * @param readBy by entity those that read its features; no circle
   * @param keys which streams visit an entity
   */
  StagePlanner(
      List<StreamSchema> streams,
      Set<List<String>> withFeatures,
      Map<List<String>, Set<List<String>>> readBy,
      EntityKeys keys) {
    this.keys = keys;
    this.streams = streams;
    this.readBy = readBy;
    entities.addAll(withFeatures);
  }

  List<Planned> plan() {
    Set<List<String>> withFeatures = Set.copyOf(entities);
    streams.forEach(stream -> entities.add(keyOf(stream)));
    List<List<String>> ordered = order();
    List<Planned> stages = new ArrayList<>();
    Map<List<String>, List<StreamSchema>> checked = new LinkedHashMap<>();
    for (StreamSchema stream : streams) {
      List<String> key = keyOf(stream);
      boolean keyComesFirst =
          ordered.stream()
              .filter(entity -> keys.visits(stream, entity))
              .findFirst()
              .orElse(key)
              .equals(key);
      if (keyComesFirst) {
        checked.computeIfAbsent(key, k -> new ArrayList<>()).add(stream);
      } else {
        stages.add(new Planned("id:" + stream.name(), key, false, List.of(stream)));
      }
    }
    for (List<String> entity : ordered) {
      List<StreamSchema> here = checked.getOrDefault(entity, List.of());
      boolean features = withFeatures.contains(entity);
      if (features || !here.isEmpty()) {
        stages.add(new Planned(Stage.nameOf(entity), entity, features, here));
      }
    }
    return stages;
  }

  /**
   * In the order of the file, but no entity before one that it reads, nor before one that ought to
   * precede it, as far as that can be.
   */
  private List<List<String>> order() {
    List<List<String>> ordered = new ArrayList<>();
    List<List<String>> rest = new ArrayList<>(entities);
    while (!rest.isEmpty()) {
      List<List<String>> possible =
          rest.stream().filter(entity -> rest.stream().noneMatch(o -> isRead(o, entity))).toList();
      List<String> next =
          possible.stream()
              .filter(entity -> rest.stream().noneMatch(other -> oughtToPrecede(other, entity)))
              .findFirst()
              .orElse(possible.get(0));
      ordered.add(next);
      rest.remove(next);
    }
    return ordered;
  }

  private boolean isRead(List<String> entity, List<String> reader) {
    return readBy.getOrDefault(entity, Set.of()).contains(reader);
  }

  private boolean oughtToPrecede(List<String> first, List<String> second) {
    return !first.equals(second)
        && streams.stream()
            .anyMatch(stream -> keyOf(stream).equals(first) && keys.visits(stream, second));
  }

  /** Whether a stream has the fields that an entity is named after. */
  static boolean visits(StreamSchema stream, List<String> entity) {
    return entity.stream().allMatch(field -> stream.find(field) >= 0);
  }

  private static List<String> keyOf(StreamSchema stream) {
    return stream.definition().key().stream().map(Text::value).toList();
  }
}
