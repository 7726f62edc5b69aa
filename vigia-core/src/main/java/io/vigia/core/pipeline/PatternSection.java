package io.vigia.core.pipeline;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Unreadable;
import io.vigia.core.expr.ValueList;
import io.vigia.core.expr.Variable;
import io.vigia.core.pattern.EntityPatterns;
import io.vigia.core.pattern.Pattern;
import io.vigia.core.pattern.PatternChecker;
import io.vigia.core.pattern.PatternConditions;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.MatchResult;

/**
 * The patterns of a pipeline while it is compiled: their slots, what rules read of them, and which
 * stage follows which.
 */
final class PatternSection {
  static final String MATCHED = "matched";

  private static final java.util.regex.Pattern READ =
      java.util.regex.Pattern.compile("\\b" + MATCHED + "\\s*\\.\\s*([a-z][a-z0-9_]*)");

  private final PipelineDefinition definition;
  private final int firstSlot;
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<SilenceStream> silences = new ArrayList<>();
  private int scratch;
  private boolean broken;

  /**
   * @param firstSlot of a row; first each pattern's own, then those that their conditions borrow
   */
  PatternSection(PipelineDefinition definition, int firstSlot) {
    this.definition = definition;
    this.firstSlot = firstSlot;
  }

  /**
   * Checks all patterns.
   *
   * @param streams those in which nothing was found, by name
   * @param declared the names of all
   * @param features those that a stream's events have a value of
   * @param unreadable the names that conditions over a stream's events cannot read
   */
  void check(
      Map<String, StreamSchema> streams,
      Set<String> declared,
      List<ValueList> lists,
      Function<StreamSchema, List<Variable>> features,
      Function<StreamSchema, Map<String, Unreadable>> unreadable,
      Problems problems) {
    PatternChecker checker =
        new PatternChecker(
            streams,
            declared,
            new PatternConditions(
                List.copyOf(streams.values()),
                lists,
                features,
                stream -> {
                  Map<String, Unreadable> hidden = unreadable.apply(stream);
                  hidden.put(MATCHED, PATTERN);
                  return hidden;
                },
                firstSlot + definition.patterns().size()),
            problems);
    for (PatternDefinition pattern : definition.patterns()) {
      if (declared.contains(pattern.name().value())) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            pattern.name().place(),
            "pattern '" + pattern.name() + "' has the name of a stream",
            "rename one of them");
      }
      Pattern checked = checker.check(pattern);
      if (checked == null) {
        broken = true;
      } else {
        patterns.add(checked);
        if (checked.endsInSilence()) {
          addSilence(checked, streams);
        }
        scratch = Math.max(scratch, checked.scratch());
      }
    }
  }

  private void addSilence(Pattern pattern, Map<String, StreamSchema> streams) {
    String source = pattern.definition().steps().get(0).candidates().get(0).on().value();
    StreamSchema schema = streams.get(source);
    if (schema != null) {
      silences.add(new SilenceStream(pattern, schema, streams.size() + silences.size()));
    }
  }

  /** The streams of the patterns that time completes; their ordinals follow the others'. */
  List<StreamSchema> silentStreams() {
    return silences.stream().map(SilenceStream::schema).toList();
  }

  /** The entity of a pattern that time completes, by the stream of its matches. */
  Optional<List<String>> silentEntity(StreamSchema stream) {
    return silences.stream()
        .filter(silence -> silence.schema().equals(stream))
        .map(silence -> silence.pattern().entity())
        .findFirst();
  }

  List<SilenceStream> silencesOf(List<String> entity) {
    return silences.stream().filter(s -> s.pattern().entity().equals(entity)).toList();
  }

  private List<Pattern> readable() {
    return patterns.stream().filter(pattern -> !pattern.endsInSilence()).toList();
  }

  /** In a condition that is tested before any pattern is. */
  static final Unreadable PATTERN =
      new Unreadable(
          ProblemCode.EXPR_UNKNOWN,
          "tells rules which patterns an event completes, and is not known here",
          "read it in a rule's when");

  /** Of a feature that a match of another entity's silence has no value of. */
  static final Unreadable OTHER_ENTITY =
      new Unreadable(
          ProblemCode.FEATURE_ENTITY,
          "is of another entity than the pattern",
          "a rule on a pattern reads the features of the pattern's own entity");

  /** How many slots of a row the patterns need. */
  int slots() {
    return definition.patterns().size() + scratch;
  }

  /** {@code matched}, for a stream that any pattern's entity is part of. */
  Optional<Variable> variable(StreamSchema stream) {
    boolean concerned =
        silentEntity(stream).isEmpty()
            && readable().stream()
                .anyMatch(pattern -> StagePlanner.visits(stream, pattern.entity()));
    List<Variable.Part> parts =
        readable().stream()
            .map(pattern -> new Variable.Part(pattern.name(), FieldType.BOOL))
            .toList();
    return concerned && !broken
        ? Optional.of(new Variable(MATCHED, true, firstSlot, parts))
        : Optional.empty();
  }

  /** Why a stream's rules cannot read {@code matched}, where they cannot. */
  Optional<Unreadable> unreadable(StreamSchema stream) {
    if (broken) {
      return Optional.of(Unreadable.TOLD);
    }
    if (variable(stream).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        readable().isEmpty()
            ? new Unreadable(
                ProblemCode.EXPR_UNKNOWN,
                "tells which patterns an event completes, and there are none",
                "declare one in the section patterns")
            : new Unreadable(
                ProblemCode.PATTERN_STREAM,
                "tells which patterns an event completes, and those of '"
                    + stream.name()
                    + "' complete none",
                "read it in rules on " + String.join(", ", completing())));
  }

  private Set<String> completing() {
    Set<String> streams = new TreeSet<>();
    patterns.forEach(pattern -> streams.addAll(pattern.completedBy()));
    return streams;
  }

  /** The features that steps read. */
  Set<String> features() {
    Set<String> read = new HashSet<>();
    patterns.forEach(pattern -> read.addAll(pattern.features()));
    return read;
  }

  /** Tells of each pattern which features it reads. */
  void forEachRead(BiConsumer<Pattern, String> reader) {
    patterns.forEach(
        pattern -> pattern.features().forEach(feature -> reader.accept(pattern, feature)));
  }

  Set<List<String>> entities() {
    Set<List<String>> entities = new LinkedHashSet<>();
    patterns.forEach(pattern -> entities.add(pattern.entity()));
    return entities;
  }

  /**
   * The patterns of one entity.
   *
   * @param featureSlots by name: the first slots of features
   * @param outOfOrderMs how late events of the entity may come
   */
  EntityPatterns of(
      List<String> entity,
      int firstRegister,
      Map<String, Integer> featureSlots,
      long outOfOrderMs) {
    List<Pattern> here =
        patterns.stream().filter(pattern -> pattern.entity().equals(entity)).toList();
    return new EntityPatterns(
        here,
        here.stream().mapToInt(this::slot).toArray(),
        firstRegister,
        featureSlots,
        outOfOrderMs);
  }

  /** Those that rules read lie side by side; behind them are those that time completes. */
  private int slot(Pattern pattern) {
    List<Pattern> readable = readable();
    int position = readable.indexOf(pattern);
    return firstSlot + (position < 0 ? readable.size() + indexOfSilence(pattern) : position);
  }

  private int indexOfSilence(Pattern pattern) {
    return silences.stream().map(SilenceStream::pattern).toList().indexOf(pattern);
  }

  /** What is marked of a row where its stream is of matches that time completes. */
  Optional<Variable> silence(StreamSchema stream) {
    return silences.stream()
        .filter(silence -> silence.schema().equals(stream))
        .map(silence -> Variable.plain(stream.name(), FieldType.BOOL, slot(silence.pattern())))
        .findFirst();
  }

  /** A rule that reads a pattern stands where it can be completed, and each pattern is read. */
  void checkReads(Map<String, StreamSchema> streams, Problems problems) {
    Set<String> read = new HashSet<>();
    for (RuleDefinition rule : definition.rules()) {
      read.add(rule.on().value());
      StreamSchema stream = streams.get(rule.on().value());
      // Where the name is unreadable altogether, the expression's own check says so.
      boolean readable = stream != null && variable(stream).isPresent();
      Text reason = rule.reason();
      checkReads(rule, rule.when(), readable, read, problems);
      if (reason != null) {
        checkReads(rule, reason, readable, read, problems);
      }
    }
    for (Pattern pattern : patterns) {
      if (!read.contains(pattern.name())) {
        problems.add(
            ProblemCode.PATTERN_UNUSED,
            pattern.definition().name().place(),
            "no rule reads pattern '" + pattern.name() + "'",
            pattern.endsInSilence()
                ? "write a rule with on: " + pattern.name() + ", or remove it"
                : "write when: '" + MATCHED + "." + pattern.name() + "' in a rule, or remove it");
      }
    }
  }

  private void checkReads(
      RuleDefinition rule, Text text, boolean readable, Set<String> read, Problems problems) {
    for (MatchResult found : READ.matcher(text.value()).results().toList()) {
      read.add(found.group(1));
      for (Pattern pattern : patterns) {
        if (pattern.name().equals(found.group(1)) && pattern.endsInSilence()) {
          problems.add(
              ProblemCode.PATTERN_STREAM,
              text.place(),
              "pattern '" + pattern.name() + "' is completed by time, not by an event",
              "write a rule with on: " + pattern.name());
        } else if (readable
            && pattern.name().equals(found.group(1))
            && !pattern.completedBy().contains(rule.on().value())) {
          problems.add(
              ProblemCode.PATTERN_STREAM,
              text.place(),
              "pattern '"
                  + pattern.name()
                  + "' is never completed by an event of '"
                  + rule.on()
                  + "'",
              "read it in rules on " + String.join(", ", new TreeSet<>(pattern.completedBy())));
        }
      }
    }
  }
}
