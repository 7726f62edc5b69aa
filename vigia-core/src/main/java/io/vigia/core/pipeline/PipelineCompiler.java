package io.vigia.core.pipeline;

import io.vigia.core.decision.AlertCompiler;
import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleCompiler;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleSet;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Unreadable;
import io.vigia.core.expr.ValueList;
import io.vigia.core.expr.Variable;
import io.vigia.core.feature.EntityFeatures;
import io.vigia.core.feature.Feature;
import io.vigia.core.feature.FeatureChecker;
import io.vigia.core.feature.FeatureCompiler;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.Source;
import io.vigia.core.feature.Table;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pipeline.StagePlanner.Planned;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import io.vigia.core.state.LogLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a pipeline file means and makes it ready to run.
 *
 * <p><b>Errors.</b> Everything found is collected; nothing is compiled when anything of it is an
 * error.
 */
public final class PipelineCompiler {
  private final PipelineDefinition definition;
  private final Problems problems;
  private final List<String> outcomes;
  private final Map<String, StreamSchema> streams = new LinkedHashMap<>();
  private final List<Feature> features = new ArrayList<>();
  private final Map<String, CompiledCondition> filters = new HashMap<>();
  private final Map<String, Feature> checked = new HashMap<>();
  private final List<ValueList> lists = new ArrayList<>();
  private final Map<String, Set<String>> logs = new HashMap<>();
  private final EntityKeys keys = new EntityKeys();
  private final TableSection tables;
  private PatternSection patterns;
  private @Nullable FeatureOrder order;
  private int slots;

  private static final List<String> OWN_TOPICS =
      List.of(".decisions", ".alerts", ".dead-letters", ".versions", ".lists");

  private PipelineCompiler(PipelineDefinition definition, Problems problems) {
    this.definition = definition;
    this.problems = problems;
    this.outcomes = definition.outcomes().stream().map(Text::value).toList();
    this.tables = new TableSection(definition.tables(), keys);
    this.patterns = new PatternSection(definition, 0);
  }

  /** The compiled pipeline; empty when anything found is an error. */
  public static Optional<CompiledPipeline> compile(
      PipelineDefinition definition, Problems problems) {
    return new PipelineCompiler(definition, problems).compile();
  }

  private Optional<CompiledPipeline> compile() {
    int before = problems.errors();
    checkNames();
    checkStreams();
    checkLists();
    checkTables();
    checkFeatures();
    checkPatterns();
    List<RuleSet> rules = compileRules();
    checkAlerts();
    Set<Variable> variables = new LinkedHashSet<>();
    judged().forEach(stream -> variables.addAll(variablesOf(stream)));
    new TestChecker(definition, streams, variables, problems).check();
    if (problems.errors() > before) {
      return Optional.empty();
    }
    warnOfUnused(rules);
    List<StreamSchema> ordered = judged();
    List<Stage> stages = planStages(ordered);
    return Optional.of(
        new CompiledPipeline(
            definition,
            List.copyOf(streams.values()),
            patterns.silentStreams(),
            stages,
            rules,
            ordered.stream().map(this::variablesOf).toList(),
            slots,
            StateSignature.of(definition)));
  }

  private void checkNames() {
    unique("stream", definition.streams().stream().map(StreamDefinition::name).toList());
    unique("feature", definition.features().stream().map(FeatureDefinition::name).toList());
    unique("pattern", definition.patterns().stream().map(PatternDefinition::name).toList());
    unique("list", definition.lists().stream().map(ListDefinition::name).toList());
    unique("table", definition.tables().stream().map(TableDefinition::name).toList());
    unique("rule", definition.rules().stream().map(RuleDefinition::id).toList());
    unique("outcome", definition.outcomes());
    unique("alert", definition.alerts().stream().map(AlertDefinition::name).toList());
    unique("test", definition.tests().stream().map(TestDefinition::name).toList());
  }

  private void unique(String what, List<Text> names) {
    Map<String, Text> seen = new HashMap<>();
    for (Text name : names) {
      Text first = seen.putIfAbsent(name.value(), name);
      if (first != null) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            name.place(),
            what
                + " '"
                + name
                + "' is there twice"
                + (first.place().line() == name.place().line()
                    ? ""
                    : ", first at line " + first.place().line()),
            what.equals("outcome") ? "remove one of them" : "rename one of them");
      }
    }
  }

  private void checkStreams() {
    StreamChecker checker = new StreamChecker(outcomes, problems);
    for (StreamDefinition stream : definition.streams()) {
      if (checker.check(stream)) {
        streams.putIfAbsent(stream.name().value(), new StreamSchema(stream, streams.size()));
      }
    }
    checkTopics();
  }

  /** Each stream needs a topic of its own, and none of those that the pipeline writes itself. */
  private void checkTopics() {
    Map<String, String> taken = new HashMap<>();
    for (String own : OWN_TOPICS) {
      taken.put(definition.name() + own, "the pipeline itself");
    }
    for (StreamDefinition stream : definition.streams()) {
      String named = stream.topic();
      String topic = named == null ? definition.name() + "." + stream.name() : named;
      String by = taken.putIfAbsent(topic, "stream '" + stream.name() + "'");
      if (by != null && named != null) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            stream.name().place(),
            "topic '" + topic + "' is already used by " + by,
            "give stream '" + stream.name() + "' a topic of its own");
      }
    }
  }

  private void checkLists() {
    for (ListDefinition list : definition.lists()) {
      List<Object> values = new ArrayList<>();
      for (Text text : list.values()) {
        Object value = TextValue.parse(list.of(), text.value());
        if (value == null) {
          problems.add(
              ProblemCode.BAD_VALUE,
              text.place(),
              "list '" + list.name() + "' is of " + list.of().word() + ", found '" + text + "'",
              "write it like " + TextValue.example(list.of()));
        } else {
          values.add(value);
        }
      }
      lists.add(new ValueList(list.name().value(), lists.size(), list.of(), values));
    }
  }

  private void checkTables() {
    Map<String, Unreadable> unreadable = new HashMap<>();
    definition
        .features()
        .forEach(f -> unreadable.put(f.name().value(), TableSection.NOT_IN_DELETIONS));
    definition
        .tables()
        .forEach(table -> unreadable.put(table.path(), TableSection.NOT_IN_DELETIONS));
    unreadable.put(PatternSection.MATCHED, TableSection.NOT_IN_DELETIONS);
    tables.check(
        streams,
        declaredStreams(),
        stream -> new ExpressionCompiler(stream, List.of(), lists, unreadable),
        problems);
    for (TableDefinition table : definition.tables()) {
      Table found = tables.find(table.path());
      if (found != null && found.definition().equals(table)) {
        checkLogOf(
            table.name(),
            table.on(),
            found.entity(),
            found.variables().stream()
                .skip(1)
                .map(column -> column.name().substring(table.path().length() + 1))
                .toList(),
            Stream.ofNullable(table.deleteWhen()).toList());
      }
    }
    slots += tables.slots();
  }

  private void checkFeatures() {
    FeatureChecker checker = new FeatureChecker(streams, declaredStreams(), problems);
    FeatureOrder ordered = new FeatureOrder(definition.features(), streams, problems);
    for (FeatureDefinition feature : ordered.inOrder()) {
      Set<String> reads = compileConditions(feature);
      List<String> entity = feature.by().stream().map(Text::value).toList();
      int layer = reads.stream().mapToInt(name -> knownFrom(name, entity)).max().orElse(0);
      Feature found =
          isOnBrokenStream(feature)
              ? null
              : checker.check(feature, slots, readableBy(feature), layer);
      if (found != null) {
        checked.put(found.name(), found);
        checkLogOf(found);
        slots += found.variable().parts().size();
        feature.arguments().forEach(argument -> reads.add(Variable.nameIn(argument.value())));
        StreamSchema stream = streams.get(feature.on().value());
        for (String name : reads) {
          if (stream == null || stream.find(name) < 0) {
            addRead(ordered, feature.name(), entity, name);
          }
        }
      }
    }
    // Everything else goes by the order of the file.
    for (FeatureDefinition feature : definition.features()) {
      Feature found = checked.get(feature.name().value());
      if (found != null && !features.contains(found)) {
        features.add(found);
      }
    }
    order = ordered;
  }

  /** Notes that something about an entity reads a feature or a table. */
  private void addRead(FeatureOrder ordered, Text reader, List<String> entity, String name) {
    Feature read = checked.get(name);
    Table table = tables.find(name);
    if (read != null) {
      ordered.addRead(reader, entity, read);
    } else if (table != null) {
      ordered.addRead(reader, entity, table.path(), table.entity());
    }
  }

  /** Compiles a feature's conditions and returns the features that they read. */
  private Set<String> compileConditions(FeatureDefinition feature) {
    Set<String> reads = new LinkedHashSet<>();
    StreamSchema stream = streams.get(feature.on().value());
    if (stream == null) {
      return reads;
    }
    for (Text condition : feature.conditions()) {
      whereCompiler(stream)
          .condition(condition, problems)
          .ifPresent(
              compiled -> {
                filters.put(filterOf(feature, condition), compiled);
                reads.addAll(compiled.reads());
              });
    }
    return reads;
  }

  private int knownFrom(String name, List<String> entity) {
    Feature read = checked.get(name);
    Table table = tables.find(name);
    return read != null ? read.knownFrom(entity) : table != null ? table.knownFrom(entity) : 0;
  }

  /** The features that the events of a feature's stream have a value of. */
  private FeatureChecker.Others readableBy(FeatureDefinition feature) {
    StreamSchema stream = streams.get(feature.on().value());
    Map<String, Unreadable> unreadable = stream == null ? Map.of() : unreadableFrom(stream);
    List<String> entity = feature.by().stream().map(Text::value).toList();
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

  /** One text means the same for all features of a stream. */
  private static String filterOf(FeatureDefinition feature, Text condition) {
    return feature.on() + " " + condition;
  }

  private FeatureCompiler.@Nullable Filter filter(Feature feature, @Nullable Text condition) {
    CompiledCondition compiled =
        condition == null ? null : filters.get(filterOf(feature.definition(), condition));
    if (compiled == null) {
      return null;
    }
    int layer =
        compiled.reads().stream()
            .mapToInt(name -> knownFrom(name, feature.entity()))
            .max()
            .orElse(0);
    return new FeatureCompiler.Filter(compiled, layer);
  }

  private void checkPatterns() {
    patterns = new PatternSection(definition, slots);
    patterns.check(
        streams, declaredStreams(), lists, this::featuresOf, this::unreadableFrom, problems);
    FeatureOrder known = order;
    patterns.forEachRead(
        (pattern, name) -> {
          if (known != null) {
            addRead(known, pattern.definition().name(), pattern.entity(), name);
          }
        });
    patterns.checkReads(streams, problems);
    slots += patterns.slots();
  }

  /** One event's flags in a log are one word: a bit for each field read and for each filter. */
  private void checkLogOf(Feature feature) {
    FeatureDefinition declared = feature.definition();
    checkLogOf(
        declared.name(),
        declared.on(),
        feature.entity(),
        declared.arguments().stream().map(Text::value).toList(),
        declared.conditions());
  }

  private void checkLogOf(
      Text name, Text on, List<String> entity, List<String> fields, List<Text> conditions) {
    Set<String> flags = logs.computeIfAbsent(on + " by " + entity, log -> new HashSet<>());
    int before = flags.size();
    fields.forEach(field -> flags.add("field " + field));
    conditions.forEach(condition -> flags.add("where " + condition));
    if (before <= LogLayout.MAX_FLAGS && flags.size() > LogLayout.MAX_FLAGS) {
      problems.add(
          ProblemCode.OVER_LIMIT,
          name.place(),
          "the features of "
              + String.join("+", entity)
              + " on '"
              + on
              + "' use more than "
              + LogLayout.MAX_FLAGS
              + " different fields and conditions",
          "let features share their where, or divide them over two entities");
    }
  }

  /** A stream that was refused has been told of already; its features would only repeat it. */
  private boolean isOnBrokenStream(FeatureDefinition feature) {
    return !streams.containsKey(feature.on().value())
        && definition.streams().stream()
            .anyMatch(stream -> stream.name().value().equals(feature.on().value()));
  }

  private ExpressionCompiler whereCompiler(StreamSchema stream) {
    Map<String, Unreadable> unreadable = unreadableFrom(stream);
    unreadable.put(PatternSection.MATCHED, PatternSection.PATTERN);
    return new ExpressionCompiler(stream, featuresOf(stream), lists, unreadable);
  }

  private List<RuleSet> compileRules() {
    Map<String, RuleCompiler> compilers = new LinkedHashMap<>();
    for (StreamSchema stream : judged()) {
      List<Variable> variables = variablesOf(stream);
      compilers.put(
          stream.name(),
          new RuleCompiler(
              definition.name().value(),
              outcomes,
              definition.match(),
              stream,
              variables,
              patterns.silence(stream).orElse(null),
              new ExpressionCompiler(stream, variables, lists, unreadableFrom(stream)),
              problems));
    }
    Set<String> declared = declaredStreams();
    definition.patterns().stream()
        .filter(PatternDefinition::endsInSilence)
        .forEach(pattern -> declared.add(pattern.name().value()));
    for (RuleDefinition rule : definition.rules()) {
      RuleCompiler compiler = compilers.get(rule.on().value());
      if (compiler != null) {
        compiler.add(rule);
      } else if (!declared.contains(rule.on().value())) {
        problems.add(
            ProblemCode.UNKNOWN_NAME,
            rule.on().place(),
            "unknown stream '" + rule.on() + "'",
            Nearest.help(rule.on().value(), declared));
      }
    }
    AlertCompiler alerts = new AlertCompiler(compilers.values(), problems);
    definition.alerts().forEach(alerts::add);
    return compilers.values().stream().map(RuleCompiler::compile).toList();
  }

  /** All streams whose events are judged, by their ordinal. */
  private List<StreamSchema> judged() {
    List<StreamSchema> judged = new ArrayList<>(streams.values());
    judged.addAll(patterns.silentStreams());
    return judged;
  }

  /** Whether a stream's events have a value of an entity's features. */
  private boolean isFilled(StreamSchema stream, List<String> entity) {
    return isFilled(stream, entity, StagePlanner.visits(stream, entity));
  }

  /** Whether they have a row of the tables that lie with an entity. */
  private boolean hasRow(StreamSchema stream, List<String> entity) {
    return isFilled(stream, entity, keys.visits(stream, entity));
  }

  private boolean isFilled(StreamSchema stream, List<String> entity, boolean visits) {
    return patterns.silentEntity(stream).map(entity::equals).orElse(visits);
  }

  /** The names of all streams, of those as well in which something was found. */
  private Set<String> declaredStreams() {
    Set<String> declared = new LinkedHashSet<>();
    definition.streams().forEach(stream -> declared.add(stream.name().value()));
    return declared;
  }

  private List<Variable> variablesOf(StreamSchema stream) {
    return Stream.concat(featuresOf(stream).stream(), patterns.variable(stream).stream()).toList();
  }

  /** The features and tables that events of a stream have a value of, as far as checked. */
  private List<Variable> featuresOf(StreamSchema stream) {
    Stream<Variable> known =
        definition.features().stream()
            .map(each -> checked.get(each.name().value()))
            .filter(Objects::nonNull)
            .distinct()
            .filter(feature -> isFilled(stream, feature.entity()))
            .map(Feature::variable);
    return Stream.concat(known, tables.variables(entity -> hasRow(stream, entity)).stream())
        .toList();
  }

  private Map<String, Unreadable> unreadableFrom(StreamSchema stream) {
    Map<String, Unreadable> unreadable = new HashMap<>();
    definition.features().forEach(f -> unreadable.put(f.name().value(), Unreadable.TOLD));
    tables.addUnreadable(
        stream,
        patterns.silentEntity(stream).isPresent(),
        entity -> hasRow(stream, entity),
        unreadable);
    patterns.unreadable(stream).ifPresent(why -> unreadable.put(PatternSection.MATCHED, why));
    for (Feature feature : checked.values()) {
      List<String> missing =
          feature.entity().stream().filter(field -> stream.find(field) < 0).toList();
      if (missing.isEmpty() && !isFilled(stream, feature.entity())) {
        unreadable.put(feature.name(), PatternSection.OTHER_ENTITY);
      } else if (missing.isEmpty()) {
        unreadable.remove(feature.name());
      } else {
        unreadable.put(
            feature.name(),
            new Unreadable(
                ProblemCode.FEATURE_ENTITY,
                "is by "
                    + String.join(" and ", feature.entity())
                    + ", and stream '"
                    + stream.name()
                    + "' has no field '"
                    + missing.get(0)
                    + "'",
                "read it in rules on '" + feature.definition().on() + "'"));
      }
    }
    return unreadable;
  }

  private void checkAlerts() {
    Set<String> fields = new LinkedHashSet<>();
    for (StreamDefinition stream : definition.streams()) {
      stream.fields().forEach(field -> fields.add(field.name().value()));
    }
    for (AlertDefinition alert : definition.alerts()) {
      for (Text outcome : alert.outcomes()) {
        if (!outcomes.contains(outcome.value())) {
          problems.add(
              ProblemCode.UNKNOWN_NAME,
              outcome.place(),
              "unknown outcome '" + outcome + "'",
              Nearest.help(outcome.value(), outcomes));
        }
      }
      for (Text field : alert.groupBy()) {
        if (!fields.contains(field.value())) {
          problems.add(
              ProblemCode.UNKNOWN_NAME,
              field.place(),
              "no stream has a field '" + field + "'",
              Nearest.help(field.value(), fields));
        }
      }
    }
  }

  private void warnOfUnused(List<RuleSet> rules) {
    Set<String> read = new HashSet<>();
    rules.forEach(set -> read.addAll(set.reads()));
    for (Feature feature : features) {
      read.addAll(readsOf(feature.definition()));
    }
    read.addAll(patterns.features());
    tables.warnOfUnused(read, problems);
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

  /** The names that a feature's value and its conditions read, its fields among them. */
  private Set<String> readsOf(FeatureDefinition feature) {
    Set<String> read = new HashSet<>();
    feature.arguments().forEach(each -> read.add(Variable.nameIn(each.value())));
    for (Text condition : feature.conditions()) {
      CompiledCondition compiled = filters.get(filterOf(feature, condition));
      read.addAll(compiled == null ? Set.of() : compiled.reads());
    }
    return read;
  }

  private List<Stage> planStages(List<StreamSchema> ordered) {
    Map<List<String>, List<Feature>> byEntity = new LinkedHashMap<>();
    for (Feature feature : features) {
      byEntity.computeIfAbsent(feature.entity(), e -> new ArrayList<>()).add(feature);
    }
    tables.entities().forEach(entity -> byEntity.putIfAbsent(entity, List.of()));
    patterns.entities().forEach(entity -> byEntity.putIfAbsent(entity, List.of()));
    Map<List<String>, Set<List<String>>> readBy = order == null ? Map.of() : order.readBy();
    List<Stage> stages = new ArrayList<>();
    for (Planned planned :
        new StagePlanner(List.copyOf(streams.values()), byEntity.keySet(), readBy, keys).plan()) {
      stages.add(
          stage(
              ordered,
              planned,
              planned.hasFeatures()
                  ? byEntity.getOrDefault(planned.entity(), List.of())
                  : List.of()));
    }
    return stages;
  }

  private Map<String, Integer> featureSlots() {
    Map<String, Integer> slots = new HashMap<>();
    features.forEach(feature -> slots.put(feature.name(), feature.variable().slot()));
    return slots;
  }

  private Stage stage(List<StreamSchema> ordered, Planned planned, List<Feature> here) {
    int size = ordered.size();
    int[] @Nullable [] keyFields = new int[size] @Nullable [];
    int[] keyText = new int[size];
    int[] identityOf = new int[size];
    // Those of silences have none.
    Arrays.fill(keyText, -1);
    Arrays.fill(identityOf, -1);
    long[] dedupeMs = new long[size];
    long outOfOrderMs = 0;
    int identities = 0;
    for (StreamSchema stream : streams.values()) {
      int ordinal = stream.ordinal();
      boolean checked = planned.checked().contains(stream);
      if (checked || (planned.hasFeatures() && keys.visits(stream, planned.entity()))) {
        int[] fields = keys.of(stream, planned.entity());
        keyFields[ordinal] = fields;
        boolean isText = fields.length == 1 && stream.type(fields[0]) == FieldType.STRING;
        keyText[ordinal] = isText ? fields[0] : -1;
        outOfOrderMs = Math.max(outOfOrderMs, stream.definition().outOfOrderMs());
      }
      identityOf[ordinal] = checked ? identities++ : -1;
      dedupeMs[ordinal] = stream.definition().dedupeMs();
    }
    FeatureCompiler compiler = new FeatureCompiler(ordered);
    if (planned.hasFeatures()) {
      tables.of(planned.entity()).forEach(table -> compiler.add(table, tables.deletionOf(table)));
    }
    for (Feature feature : here) {
      FeatureDefinition of = feature.definition();
      compiler.add(
          feature,
          filter(feature, of.where()),
          filter(feature, of.condition()),
          features.stream()
              .filter(read -> readsOf(of).contains(read.name()))
              .mapToInt(read -> read.variable().slot())
              .toArray());
    }
    EntityFeatures compiled = compiler.compile(outOfOrderMs);
    List<String> followed = planned.hasFeatures() ? planned.entity() : List.of();
    List<SilenceStream> silences = patterns.silencesOf(followed);
    return new Stage(
        planned.name(),
        compiled,
        patterns.of(followed, compiled.registers(), featureSlots(), outOfOrderMs),
        silences,
        silences.isEmpty() ? -1 : slots++,
        keyFields,
        keyText,
        identityOf,
        dedupeMs,
        identities);
  }
}
