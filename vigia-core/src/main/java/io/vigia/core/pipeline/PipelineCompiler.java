package io.vigia.core.pipeline;

import io.vigia.core.decision.AlertCompiler;
import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleCompiler;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.decision.RuleSet;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Unreadable;
import io.vigia.core.expr.ValueList;
import io.vigia.core.expr.Variable;
import io.vigia.core.feature.Table;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
  private final List<ValueList> lists = new ArrayList<>();
  private final LogFlags logs = new LogFlags();
  private final EntityKeys keys = new EntityKeys();
  private final TableSection tables;
  private final FeatureSection features;
  private PatternSection patterns;
  private int slots;

  private PipelineCompiler(PipelineDefinition definition, Problems problems) {
    this.definition = definition;
    this.problems = problems;
    this.outcomes = definition.outcomes().stream().map(Text::value).toList();
    this.tables = new TableSection(definition.tables(), keys);
    this.features = new FeatureSection(definition.features(), streams, tables, logs, problems);
    this.patterns = new PatternSection(definition, 0);
  }

  /** The compiled pipeline; empty when anything found is an error. */
  public static Optional<CompiledPipeline> compile(
      PipelineDefinition definition, Problems problems) {
    return new PipelineCompiler(definition, problems).compile();
  }

  private Optional<CompiledPipeline> compile() {
    int before = problems.errors();
    NameChecker names = new NameChecker(definition, problems);
    names.check();
    checkStreams();
    names.checkTopics();
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
    StageCompiler stages =
        new StageCompiler(
            List.copyOf(streams.values()), ordered, features, tables, patterns, keys, slots);
    List<Stage> compiled = stages.compile();
    return Optional.of(
        new CompiledPipeline(
            definition,
            List.copyOf(streams.values()),
            patterns.silentStreams(),
            compiled,
            rules,
            ordered.stream().map(this::variablesOf).toList(),
            stages.slots(),
            StateSignature.of(definition)));
  }

  private void checkStreams() {
    StreamChecker checker = new StreamChecker(outcomes, problems);
    for (StreamDefinition stream : definition.streams()) {
      if (checker.check(stream)) {
        streams.putIfAbsent(stream.name().value(), new StreamSchema(stream, streams.size()));
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
        logs.add(
            table.name(),
            table.on(),
            found.entity(),
            found.variables().stream()
                .skip(1)
                .map(column -> column.name().substring(table.path().length() + 1))
                .toList(),
            Stream.ofNullable(table.deleteWhen()).toList(),
            problems);
      }
    }
    slots += tables.slots();
  }

  private void checkFeatures() {
    features.check(declaredStreams(), slots, this::whereCompiler, this::unreadableFrom, problems);
    slots += features.slots();
  }

  private void checkPatterns() {
    patterns = new PatternSection(definition, slots);
    patterns.check(
        streams, declaredStreams(), lists, this::featuresOf, this::unreadableFrom, problems);
    patterns.forEachRead(
        (pattern, name) -> features.addRead(pattern.definition().name(), pattern.entity(), name));
    patterns.checkReads(streams, problems);
    slots += patterns.slots();
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
    Stream<Variable> known = features.variables(entity -> isFilled(stream, entity));
    return Stream.concat(known, tables.variables(entity -> hasRow(stream, entity)).stream())
        .toList();
  }

  private Map<String, Unreadable> unreadableFrom(StreamSchema stream) {
    Map<String, Unreadable> unreadable = new HashMap<>();
    features.addUnreadable(stream, entity -> isFilled(stream, entity), unreadable);
    tables.addUnreadable(
        stream,
        patterns.silentEntity(stream).isPresent(),
        entity -> hasRow(stream, entity),
        unreadable);
    patterns.unreadable(stream).ifPresent(why -> unreadable.put(PatternSection.MATCHED, why));
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
    features.addReads(read);
    read.addAll(patterns.features());
    tables.warnOfUnused(read, problems);
    features.warnOfUnused(read, problems);
  }
}
