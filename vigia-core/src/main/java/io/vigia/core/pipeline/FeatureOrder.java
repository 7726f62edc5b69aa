package io.vigia.core.pipeline;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.feature.Feature;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which features read which others, the order in which that lets them be checked, and the order it
 * asks of their entities.
 */
final class FeatureOrder {
  private final Map<String, StreamSchema> streams;
  private final Problems problems;
  private final Map<String, FeatureDefinition> byName = new LinkedHashMap<>();
  private final Map<List<String>, Set<List<String>>> readBy = new LinkedHashMap<>();
  private final Set<String> circular = new LinkedHashSet<>();

  FeatureOrder(
      List<FeatureDefinition> definitions, Map<String, StreamSchema> streams, Problems problems) {
    this.streams = streams;
    this.problems = problems;
    definitions.forEach(each -> byName.putIfAbsent(each.name().value(), each));
  }

  /** All definitions, each behind those that it reads; without those that read themselves. */
  List<FeatureDefinition> inOrder() {
    List<FeatureDefinition> ordered = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    for (FeatureDefinition each : byName.values()) {
      visit(each, new ArrayList<>(), done, ordered);
    }
    return ordered;
  }

  private void visit(
      FeatureDefinition feature,
      List<String> way,
      Set<String> done,
      List<FeatureDefinition> ordered) {
    String name = feature.name().value();
    if (way.contains(name)) {
      List<String> circle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
      if (circular.addAll(circle)) {
        circle.add(name);
        problems.add(
            ProblemCode.FEATURE_CYCLE,
            feature.name().place(),
            "feature '" + name + "' reads itself: " + String.join(" reads ", circle),
            "leave out one of these references");
      }
      return;
    }
    if (!done.contains(name)) {
      way.add(name);
      for (String read : readsOf(feature)) {
        FeatureDefinition other = byName.get(read);
        if (other != null) {
          visit(other, way, done, ordered);
        }
      }
      way.remove(way.size() - 1);
      if (done.add(name) && !circular.contains(name)) {
        ordered.add(feature);
      }
    }
  }

  /** The names that a feature reads and that can be features. */
  private Set<String> readsOf(FeatureDefinition feature) {
    StreamSchema stream = streams.get(feature.on().value());
    Set<String> reads = new LinkedHashSet<>();
    for (Text argument : feature.arguments()) {
      if (stream == null || stream.find(argument.value()) < 0) {
        reads.add(Text.beforeDot(argument.value()));
      }
    }
    feature.conditions().forEach(each -> reads.addAll(ExpressionCompiler.namesIn(each)));
    return reads;
  }

  /** Whether a feature was left out because it reads itself. */
  boolean isCircular(String name) {
    return circular.contains(name);
  }

  /**
   * Notes that something about one entity reads a feature of another.
   *
   * @param reader what reads it, where it stands in the file
   */
  void addRead(Text reader, List<String> entity, Feature read) {
    addRead(reader, entity, read.name(), read.entity());
  }

  /** The same for anything that lies with an entity. */
  void addRead(Text reader, List<String> entity, String read, List<String> readEntity) {
    if (!entity.equals(readEntity)) {
      readBy.computeIfAbsent(readEntity, e -> new LinkedHashSet<>()).add(entity);
      @Nullable List<List<String>> way = way(entity, readEntity, new LinkedHashSet<>());
      if (way != null) {
        // What goes the other way has been told of; what follows it is sound again.
        readBy.getOrDefault(readEntity, new LinkedHashSet<>()).remove(entity);
        StringBuilder circle = new StringBuilder(Stage.nameOf(readEntity));
        way.forEach(each -> circle.append(" before ").append(Stage.nameOf(each)));
        problems.add(
            ProblemCode.FEATURE_CYCLE,
            reader.place(),
            "'"
                + reader
                + "' is of "
                + Stage.nameOf(entity)
                + " and reads '"
                + read
                + "' of "
                + Stage.nameOf(readEntity)
                + ", which leaves no order of the entities: "
                + circle,
            "each event visits its entities once; let the references go one way");
      }
    }
  }

  /** From an entity over those that read it to another, or null. */
  private @Nullable List<List<String>> way(
      List<String> from, List<String> to, Set<List<String>> seen) {
    if (from.equals(to)) {
      return List.of(from);
    }
    if (seen.add(from)) {
      for (List<String> next : readBy.getOrDefault(from, Set.of())) {
        @Nullable List<List<String>> rest = way(next, to, seen);
        if (rest != null) {
          List<List<String>> way = new ArrayList<>();
          way.add(from);
          way.addAll(rest);
          return way;
        }
      }
    }
    return null;
  }

  /** By entity those that read its features and therefore come behind it. */
  Map<List<String>, Set<List<String>>> readBy() {
    return readBy;
  }
}
