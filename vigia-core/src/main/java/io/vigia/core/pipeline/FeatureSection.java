package io.vigia.core.pipeline;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Unreadable;
import io.vigia.core.expr.Variable;
import io.vigia.core.feature.Feature;
import io.vigia.core.feature.FeatureChecker;
import io.vigia.core.feature.FeatureCompiler;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.Source;
import io.vigia.core.feature.Table;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The features of a pipeline while it is compiled: their slots, their conditions, and what reads
 * what.
 */
final class FeatureSection {
  private final List<FeatureDefinition> definitions;
  private final Map<String, StreamSchema> streams;
  private final TableSection tables;
  private final LogFlags logs;
  private final FeatureOrder order;
  private final List<Feature> features = new ArrayList<>();
  private final Map<String, CompiledCondition> filters = new HashMap<>();
  private final Map<String, Feature> checked = new HashMap<>();
  private int slots;

  /**
   * @param streams those in which nothing was found, by name
   */
  FeatureSection(
      List<FeatureDefinition> definitions,
      Map<String, StreamSchema> streams,
      TableSection tables,
      LogFlags logs,
      Problems problems) {
    this.definitions = List.copyOf(definitions);
    this.streams = streams;
    this.tables = tables;
    this.logs = logs;
    this.order = new FeatureOrder(definitions, streams, problems);
  }

  /**
   * Checks all features.
   *
   * @param declared the names of all streams
   * @param firstSlot of a row
   * @param conditions compiles over the events of a stream
   * @param unreadable the names that features on a stream cannot read
   */
  void check(
      Set<String> declared,
      int firstSlot,
      Function<StreamSchema, ExpressionCompiler> conditions,
      Function<StreamSchema, Map<String, Unreadable>> unreadable,
      Problems problems) {
    FeatureChecker checker = new FeatureChecker(streams, declared, problems);
    for (FeatureDefinition feature : order.inOrder()) {
      StreamSchema stream = streams.get(feature.on().value());
      Set<String> reads =
          stream == null
              ? new LinkedHashSet<>()
              : compileConditions(feature, () -> conditions.apply(stream), problems);
      List<String> entity = entityOf(feature);
      int layer = layerOf(reads, entity);
      Feature found =
          stream == null && declared.contains(feature.on().value())
              ? null // that stream has been told of already; its features would only repeat it
              : checker.check(
                  feature,
                  firstSlot + slots,
                  readableBy(feature, stream == null ? Map.of() : unreadable.apply(stream)),
                  layer);
      if (found != null) {
        checked.put(found.name(), found);
        addLogFlags(found, problems);
        slots += found.variable().parts().size();
        feature.arguments().forEach(argument -> reads.add(Variable.nameIn(argument.value())));
        for (String name : reads) {
          if (stream == null || stream.find(name) < 0) {
            addRead(feature.name(), entity, name);
          }
        }
      }
    }
    // Everything else goes by the order of the file.
    for (FeatureDefinition feature : definitions) {
      Feature found = checked.get(feature.name().value());
      if (found != null && !features.contains(found)) {
        features.add(found);
      }
    }
  }

  /** Compiles a feature's conditions and returns the features that they read. */
  private Set<String> compileConditions(
      FeatureDefinition feature, Supplier<ExpressionCompiler> compiler, Problems problems) {
    Set<String> reads = new LinkedHashSet<>();
    for (Text condition : feature.conditions()) {
      compiler
          .get()
          .condition(condition, problems)
          .ifPresent(
              compiled -> {
                filters.put(filterOf(feature, condition), compiled);
                reads.addAll(compiled.reads());
              });
    }
    return reads;
  }

  private void addLogFlags(Feature feature, Problems problems) {
    FeatureDefinition declared = feature.definition();
    logs.add(
        declared.name(),
        declared.on(),
        feature.entity(),
        declared.arguments().stream().map(Text::value).toList(),
        declared.conditions(),
        problems);
  }

  /** Notes that something about an entity reads a feature or a table. */
  void addRead(Text reader, List<String> entity, String name) {
    Feature read = checked.get(name);
    Table table = tables.find(name);
    if (read != null) {
      order.addRead(reader, entity, read);
    } else if (table != null) {
      order.addRead(reader, entity, table.path(), table.entity());
    }
  }

  private int layerOf(Set<String> reads, List<String> entity) {
    return reads.stream().mapToInt(name -> knownFrom(name, entity)).max().orElse(0);
  }

  private int knownFrom(String name, List<String> entity) {
    Feature read = checked.get(name);
    Table table = tables.find(name);
    return read != null ? read.knownFrom(entity) : table != null ? table.knownFrom(entity) : 0;
  }

  /** The features that the events of a feature's stream have a value of. */
  private FeatureChecker.Others readableBy(
      FeatureDefinition feature, Map<String, Unreadable> unreadable) {
    List<String> entity = entityOf(feature);
    return new FeatureChecker.Others() {
      @Override
      public @Nullable Feature find(String name) {
        return unreadable.containsKey(name) ? null : checked.get(name);
      }

      @Override
      public @Nullable Source column(String path) {
        Table table = unreadable.containsKey(Variable.tableIn(path)) ? null : tables.find(path);
        return table == null ? null : table.source(path, entity);
      }

      @Override
      public @Nullable Unreadable whyUnreadable(String name) {
        Unreadable why = unreadable.get(Variable.isOfTable(name) ? Variable.tableIn(name) : name);
        return why == null ? tables.whyNoColumn(name) : why;
      }
    };
  }

  private static List<String> entityOf(FeatureDefinition feature) {
    return feature.by().stream().map(Text::value).toList();
  }

  /** One text means the same for all features of a stream. */
  private static String filterOf(FeatureDefinition feature, Text condition) {
    return feature.on() + " " + condition;
  }

  /** How many slots of a row the features need. */
  int slots() {
    return slots;
  }

  /** Those in which nothing was found, in the order of the file. */
  List<Feature> all() {
    return features;
  }

  /** The entities whose values each entity reads. */
  Map<List<String>, Set<List<String>>> readBy() {
    return order.readBy();
  }

  FeatureCompiler.@Nullable Filter filter(Feature feature, @Nullable Text condition) {
    CompiledCondition compiled =
        condition == null ? null : filters.get(filterOf(feature.definition(), condition));
    return compiled == null
        ? null
        : new FeatureCompiler.Filter(compiled, layerOf(compiled.reads(), feature.entity()));
  }

  /**
   * What expressions over a stream's events can read, as far as checked.
   *
   * @param filled whether they have a value of an entity's features
   */
  Stream<Variable> variables(Predicate<List<String>> filled) {
    return definitions.stream()
        .map(each -> checked.get(each.name().value()))
        .filter(Objects::nonNull)
        .distinct()
        .filter(feature -> filled.test(feature.entity()))
        .map(Feature::variable);
  }

  /** Why those cannot be read that cannot. */
  void addUnreadable(
      StreamSchema stream, Predicate<List<String>> filled, Map<String, Unreadable> unreadable) {
    for (FeatureDefinition definition : definitions) {
      String name = definition.name().value();
      Feature feature = checked.get(name);
      if (feature == null) {
        unreadable.put(name, Unreadable.TOLD);
        continue;
      }
      List<String> missing =
          feature.entity().stream().filter(field -> stream.find(field) < 0).toList();
      if (!missing.isEmpty()) {
        unreadable.put(name, withoutKey(feature, stream, missing.get(0)));
      } else if (!filled.test(feature.entity())) {
        unreadable.put(name, PatternSection.OTHER_ENTITY);
      }
    }
  }

  private static Unreadable withoutKey(Feature feature, StreamSchema stream, String missing) {
    return new Unreadable(
        ProblemCode.FEATURE_ENTITY,
        "is by "
            + String.join(" and ", feature.entity())
            + ", and stream '"
            + stream.name()
            + "' has no field '"
            + missing
            + "'",
        "read it in rules on '" + feature.definition().on() + "'");
  }

  /** Adds what the features themselves read. */
  void addReads(Set<String> read) {
    features.forEach(feature -> read.addAll(readsOf(feature)));
  }

  /** The names that a feature's value and its conditions read, its fields among them. */
  private Set<String> readsOf(Feature feature) {
    Set<String> read = new HashSet<>();
    feature.definition().arguments().forEach(each -> read.add(Variable.nameIn(each.value())));
    for (Text condition : feature.definition().conditions()) {
      CompiledCondition compiled = filters.get(filterOf(feature.definition(), condition));
      read.addAll(compiled == null ? Set.of() : compiled.reads());
    }
    return read;
  }

  /** The first slots of the features that a feature reads. */
  int[] slotsReadBy(Feature feature) {
    Set<String> reads = readsOf(feature);
    return features.stream()
        .filter(read -> reads.contains(read.name()))
        .mapToInt(read -> read.variable().slot())
        .toArray();
  }

  /** By name: the first slot of each feature. */
  Map<String, Integer> firstSlots() {
    Map<String, Integer> first = new HashMap<>();
    features.forEach(feature -> first.put(feature.name(), feature.variable().slot()));
    return first;
  }

  /** Tells of features that nothing reads. */
  void warnOfUnused(Set<String> read, Problems problems) {
    for (Feature feature : features) {
      if (!read.contains(feature.name())) {
        problems.add(
            ProblemCode.FEATURE_UNUSED,
            feature.definition().name().place(),
            "no rule reads feature '" + feature.name() + "'",
            "it is computed all the same; remove it if nothing else needs it");
      }
    }
  }
}
