package io.vigia.core.pipeline;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.Decision;
import io.vigia.core.decision.Explanation;
import io.vigia.core.decision.RuleSet;
import io.vigia.core.event.Event;
import io.vigia.core.event.EventId;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Variable;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.problem.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline ready to run: the one thing that engines call.
 *
 * <p><b>Shape.</b> For each event: {@link #row} makes its row; each of {@link #stages} processes it
 * under the state of its key there; {@link #decide} judges it.
 *
 * <p>Immutable and safe for any number of threads; all mutable state is the {@link
 * io.vigia.core.state.KeyState} that the engine keeps.
 */
public final class CompiledPipeline {
  private final PipelineDefinition definition;
  private final List<StreamSchema> streams;
  private final List<StreamSchema> silentStreams;
  private final Map<String, StreamSchema> byName = new LinkedHashMap<>();
  private final Set<String> timed;
  private final List<Stage> stages;
  private final List<RuleSet> rules;
  private final List<List<Variable>> variables;
  private final int slots;
  private final String stateSignature;

  CompiledPipeline(
      PipelineDefinition definition,
      List<StreamSchema> streams,
      List<StreamSchema> silentStreams,
      List<Stage> stages,
      List<RuleSet> rules,
      List<List<Variable>> variables,
      int slots,
      String stateSignature) {
    this.definition = definition;
    this.streams = List.copyOf(streams);
    this.silentStreams = List.copyOf(silentStreams);
    this.timed =
        silent(definition)
            .flatMap(pattern -> pattern.streams().stream())
            .collect(Collectors.toUnmodifiableSet());
    this.stages = List.copyOf(stages);
    this.rules = List.copyOf(rules);
    this.variables = variables.stream().map(List::copyOf).toList();
    this.slots = slots;
    this.stateSignature = stateSignature;
    streams.forEach(stream -> byName.put(stream.name(), stream));
  }

  public String name() {
    return definition.name().value();
  }

  public PipelineDefinition definition() {
    return definition;
  }

  /** The streams by their ordinal. */
  public List<StreamSchema> streams() {
    return streams;
  }

  /**
   * The streams of patterns that time completes. Their events are made by stages, come from no
   * topic, and have the ordinals that follow those of {@link #streams}.
   */
  public List<StreamSchema> silentStreams() {
    return silentStreams;
  }

  /**
   * Whether a silence is waited for in a stream, so that time must be told in it when no event
   * comes.
   */
  public boolean isTimed(StreamSchema stream) {
    return timed.contains(stream.name());
  }

  /** Whether anything here waits for time to pass. */
  public boolean hasTimers() {
    return !timed.isEmpty();
  }

  /**
   * How long after an event the last silence that it can be part of is complete, in milliseconds of
   * event time; 0 when nothing waits for any.
   */
  public long longestSilenceMs() {
    return silent(definition).mapToLong(PatternDefinition::withinMs).max().orElse(0);
  }

  private static Stream<PatternDefinition> silent(PipelineDefinition definition) {
    return definition.patterns().stream().filter(PatternDefinition::endsInSilence);
  }

  /** The stream of an ordinal, of either kind. */
  public StreamSchema stream(int ordinal) {
    return ordinal < streams.size()
        ? streams.get(ordinal)
        : silentStreams.get(ordinal - streams.size());
  }

  public @Nullable StreamSchema stream(String name) {
    return byName.get(name);
  }

  /** What a decision of this name is about: a stream's event, or a silence. */
  public @Nullable StreamSchema decidedStream(String name) {
    return silentStreams.stream()
        .filter(silent -> silent.name().equals(name))
        .findFirst()
        .orElse(byName.get(name));
  }

  /** From mild to severe. */
  public List<String> outcomes() {
    return definition.outcomes().stream().map(Text::value).toList();
  }

  /** A list that the pipeline has. */
  public ListDefinition list(String name) {
    return definition.lists().stream()
        .filter(list -> list.name().value().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("pipeline " + name() + ": no list " + name));
  }

  /** The pipeline's lists, about which nothing has been changed yet. */
  public Lists newLists() {
    return new Lists(definition.lists().stream().map(list -> list.name().value()).toList());
  }

  public List<AlertDefinition> alerts() {
    return definition.alerts();
  }

  /** The stages in the order in which every row visits them. */
  public List<Stage> stages() {
    return stages;
  }

  /** The features that events of a stream have a value of. */
  public List<Variable> variables(StreamSchema stream) {
    return variables.get(stream.ordinal());
  }

  /** The topic that keeps a stream. */
  public String topicOf(StreamSchema stream) {
    String topic = stream.definition().topic();
    return topic == null ? name() + "." + stream.name() : topic;
  }

  /** How long a sender waits for a decision, in milliseconds. */
  public long deadlineMs(StreamSchema stream) {
    return stream.definition().decide().deadlineMs();
  }

  /** The outcome that is answered when there is no decision in time. */
  public String fallbackOf(StreamSchema stream) {
    Text fallback = stream.definition().decide().fallback();
    return fallback == null ? DEFAULT_FALLBACK : fallback.value();
  }

  static final String DEFAULT_FALLBACK = "review";

  /**
   * A hash over all that shapes the state: two versions with the same signature can go on from one
   * another's state.
   */
  public String stateSignature() {
    return stateSignature;
  }

  /** What names an event, and its decision, everywhere. */
  public EventId idOf(Event event) {
    return EventId.of(name(), event.stream().name(), event.key(), event.id());
  }

  /** Begins an event's way through the stages. */
  public Row row(Event event, int version, @Nullable String replyTo) {
    return new Row(event, new Slots(slots), version, replyTo);
  }

  /**
   * How far event time had come when an engine processed a row, in epoch milliseconds by the name
   * of each stage that waits for silences and that the row has visited: those up to then had been
   * decided, and no others. Empty as long as no time has been told.
   */
  public Map<String, Long> passed(Row row) {
    Map<String, Long> passed = new LinkedHashMap<>();
    for (Stage stage : stages) {
      if (stage.knowsPassed(row)) {
        passed.put(stage.name(), stage.passedMs(row));
      }
    }
    return passed;
  }

  /** How many feature slots a row has. */
  public int slots() {
    return slots;
  }

  /** Compiles now what the first decision would otherwise wait for. */
  public void prepare() {
    stages.forEach(Stage::prepare);
    rules.forEach(RuleSet::prepare);
  }

  /** Judges a row that has visited its stages. */
  public Decision decide(Row row) {
    return rules.get(row.event().stream().ordinal()).decide(row);
  }

  /** The rules that one number kept from firing about a row, whatever was decided. */
  public List<Decision.NearMiss> nearMisses(Row row) {
    return rules.get(row.event().stream().ordinal()).nearMisses(row);
  }

  /**
   * Why rules fired about a row, or did not.
   *
   * @param told which of them; it sees them without their parts
   */
  public List<Explanation> explain(Row row, Predicate<Explanation> told) {
    return rules.get(row.event().stream().ordinal()).explain(row, told);
  }

  /** The values of all features of a row, by name, as {@link Decision#features} has them. */
  public Map<String, @Nullable Object> features(Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Variable variable : variables(row.event().stream())) {
      values.put(variable.name(), RuleSet.valueOf(variable, row.features()));
    }
    return values;
  }
}
