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
  private PatternSection patterns;
  private @Nullable FeatureOrder order;
  private int slots;

  private static final List<String> OWN_TOPICS =
      List.of(".decisions", ".alerts", ".dead-letters", ".versions", ".lists");

  private PipelineCompiler(PipelineDefinition definition, Problems problems) {
    this.definition = definition;
    this.problems = problems;
    this.outcomes = definition.outcomes().stream().map(Text::value).toList();
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
        feature.arguments().forEach(argument -> reads.add(Text.beforeDot(argument.value())));
        StreamSchema stream = streams.get(feature.on().value());
        for (String name : reads) {
          Feature read = stream != null && stream.find(name) >= 0 ? null : checked.get(name);
          if (read != null) {
            ordered.addRead(feature.name(), entity, read);
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
    return read == null ? 0 : read.knownFrom(entity);
  }

  /** The features that the events of a feature's stream have a value of. */
  private FeatureChecker.Others readableBy(FeatureDefinition feature) {
    StreamSchema stream = streams.get(feature.on().value());
    Map<String, Unreadable> unreadable = stream == null ? Map.of() : unreadableFrom(stream);
    return new FeatureChecker.Others() {
      @Override
      public @Nullable Feature find(String name) {
        return unreadable.containsKey(name) ? null : checked.get(name);
      }

      @Override
      public @Nullable Unreadable whyUnreadable(String name) {
        return unreadable.get(name);
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
          Feature read = checked.get(name);
          if (read != null && known != null) {
            known.addRead(pattern.definition().name(), pattern.entity(), read);
          }
        });
    patterns.checkReads(streams, problems);
    slots += patterns.slots();
  }

  /** One event's flags in a log are one word: a bit for each field read and for each filter. */
  private void checkLogOf(Feature feature) {
    Set<String> flags =
        logs.computeIfAbsent(
            feature.definition().on() + " by " + feature.entity(), log -> new HashSet<>());
    int before = flags.size();
    feature.definition().arguments().forEach(field -> flags.add("field " + field));
    feature.definition().conditions().forEach(condition -> flags.add("where " + condition));
    if (before <= LogLayout.MAX_FLAGS && flags.size() > LogLayout.MAX_FLAGS) {
      problems.add(
          ProblemCode.OVER_LIMIT,
          feature.definition().name().place(),
          "the features of "
              + String.join("+", feature.entity())
              + " on '"
              + feature.definition().on()
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
    return patterns
        .silentEntity(stream)
        .map(entity::equals)
        .orElseGet(() -> StagePlanner.visits(stream, entity));
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

  /** The features that events of a stream have a value of, as far as they have been checked. */
  private List<Variable> featuresOf(StreamSchema stream) {
    return definition.features().stream()
        .map(each -> checked.get(each.name().value()))
        .filter(Objects::nonNull)
        .distinct()
        .filter(feature -> isFilled(stream, feature.entity()))
        .map(Feature::variable)
        .toList();
  }

  private Map<String, Unreadable> unreadableFrom(StreamSchema stream) {
    Map<String, Unreadable> unreadable = new HashMap<>();
    definition.features().forEach(f -> unreadable.put(f.name().value(), Unreadable.TOLD));
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
      feature.definition().arguments().forEach(each -> read.add(Text.beforeDot(each.value())));
      for (Text condition : feature.definition().conditions()) {
        CompiledCondition compiled = filters.get(filterOf(feature.definition(), condition));
        read.addAll(compiled == null ? Set.of() : compiled.reads());
      }
    }
    read.addAll(patterns.features());
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

  private List<Stage> planStages(List<StreamSchema> ordered) {
    Map<List<String>, List<Feature>> byEntity = new LinkedHashMap<>();
    for (Feature feature : features) {
      byEntity.computeIfAbsent(feature.entity(), e -> new ArrayList<>()).add(feature);
    }
    patterns.entities().forEach(entity -> byEntity.putIfAbsent(entity, List.of()));
    Map<List<String>, Set<List<String>>> readBy = order == null ? Map.of() : order.readBy();
    List<Stage> stages = new ArrayList<>();
    for (Planned planned :
        new StagePlanner(List.copyOf(streams.values()), byEntity.keySet(), readBy).plan()) {
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
      if (checked || (planned.hasFeatures() && StagePlanner.visits(stream, planned.entity()))) {
        int[] fields = planned.entity().stream().mapToInt(stream::position).toArray();
        keyFields[ordinal] = fields;
        boolean isText = fields.length == 1 && stream.type(fields[0]) == FieldType.STRING;
        keyText[ordinal] = isText ? fields[0] : -1;
        outOfOrderMs = Math.max(outOfOrderMs, stream.definition().outOfOrderMs());
      }
      identityOf[ordinal] = checked ? identities++ : -1;
      dedupeMs[ordinal] = stream.definition().dedupeMs();
    }
    FeatureCompiler compiler = new FeatureCompiler(ordered);
    for (Feature feature : here) {
      FeatureDefinition of = feature.definition();
      compiler.add(feature, filter(feature, of.where()), filter(feature, of.condition()));
    }
    EntityFeatures compiled = compiler.compile(outOfOrderMs);
    List<String> followed = planned.hasFeatures() ? planned.entity() : List.of();
    List<SilenceStream> silences = patterns.silencesOf(followed);
    return new Stage(
        planned.name(),
        compiled,
        patterns.of(followed, compiled.registers()),
        silences,
        silences.isEmpty() ? -1 : slots++,
        keyFields,
        keyText,
        identityOf,
        dedupeMs,
        identities);
  }
}
