package io.vigia.core.pattern;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Unreadable;
import io.vigia.core.expr.ValueList;
import io.vigia.core.expr.Variable;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the conditions of patterns and finds out what partial matches must keep for them.
 *
 * <p><b>Shape.</b> A step's {@code where} reads {@code event}, lists, and of its own and the
 * earlier steps {@code name.count}, {@code name.first.field} and {@code name.last.field}; {@code
 * until} reads those of all steps. All read the features that the event has a value of.
 */
public final class PatternConditions {
  /*
   * Each condition is compiled twice: first with everything that it could read, so that its mistakes are told
   * with all that is known; then with what the conditions of the pattern do read, which alone is kept and has
   * slots. What is read is found in the text, which errs on the safe side: a name in a comment is kept as well.
   */
  private static final Pattern READ =
      Pattern.compile("([a-z][a-z0-9_]*)\\s*\\.\\s*(?:(count)|(first|last)\\s*\\.\\s*(\\w+))\\b");

  private final List<StreamSchema> streams;
  private final List<ValueList> lists;
  private final Function<StreamSchema, List<Variable>> features;
  private final Function<StreamSchema, Map<String, Unreadable>> unreadable;
  private final int scratch;

  /**
   * @param streams all, by their ordinal
   * @param features those that the events of a stream have a value of
   * @param unreadable names that exist in the pipeline but cannot be read for a stream, and why
   * @param scratch the first of the row's slots that conditions may borrow
   */
  public PatternConditions(
      List<StreamSchema> streams,
      List<ValueList> lists,
      Function<StreamSchema, List<Variable>> features,
      Function<StreamSchema, Map<String, Unreadable>> unreadable,
      int scratch) {
    this.streams = List.copyOf(streams);
    this.lists = List.copyOf(lists);
    this.features = features;
    this.unreadable = unreadable;
    this.scratch = scratch;
  }

  /**
   * The pattern ready to run, or null when problems were found.
   *
   * @param used its streams by name
   * @param read gets the names of the features that it reads
   */
  @Nullable PatternMatcher compile(
      PatternDefinition definition,
      Map<String, StreamSchema> used,
      Set<String> read,
      Problems problems) {
    int before = problems.errors();
    List<Capture> everything = new ArrayList<>();
    for (int step = 0; step < definition.steps().size(); step++) {
      everything.addAll(capturesOf(definition.steps().get(step), step, used));
    }
    tests(definition, used, everything, read, problems);
    if (problems.errors() > before) {
      return null;
    }
    Set<String> readOfSteps = readIn(definition);
    List<Capture> kept =
        everything.stream()
            .filter(c -> readOfSteps.contains(nameOf(definition, c.step()) + "." + c.part()))
            .toList();
    return new PatternMatcher(
        definition, tests(definition, used, kept, read, problems), new Captures(kept, scratch));
  }

  private static String nameOf(PatternDefinition definition, int step) {
    return definition.steps().get(step).name().value();
  }

  /** All that could be kept of a step: the fields that each of its streams has. */
  private static List<Capture> capturesOf(
      StepDefinition step, int position, Map<String, StreamSchema> used) {
    List<Capture> captures = new ArrayList<>();
    if (step.negated()) {
      return captures;
    }
    captures.add(new Capture(position, Capture.Kind.COUNT, "", FieldType.INT));
    StreamSchema first = used.get(step.candidates().get(0).on().value());
    for (int field = 0; first != null && field < first.size(); field++) {
      String name = first.field(field).name().value();
      FieldType type = first.type(field);
      boolean everywhere =
          step.candidates().stream()
              .map(candidate -> used.get(candidate.on().value()))
              .allMatch(s -> s != null && s.find(name) >= 0 && s.type(s.position(name)) == type);
      if (everywhere) {
        captures.add(new Capture(position, Capture.Kind.FIRST, name, type));
        captures.add(new Capture(position, Capture.Kind.LAST, name, type));
      }
    }
    return captures;
  }

  private static Set<String> readIn(PatternDefinition definition) {
    Set<String> read = new LinkedHashSet<>();
    for (Candidate candidate : withUntil(definition)) {
      Text where = candidate.where();
      if (where != null) {
        for (MatchResult found : READ.matcher(where.value()).results().toList()) {
          read.add(
              found.group(1)
                  + "."
                  + (found.group(2) != null
                      ? found.group(2)
                      : found.group(3) + "." + found.group(4)));
        }
      }
    }
    return read;
  }

  private static List<Candidate> withUntil(PatternDefinition definition) {
    List<Candidate> all = new ArrayList<>();
    definition.steps().forEach(step -> all.addAll(step.candidates()));
    Candidate until = definition.until();
    if (until != null) {
      all.add(until);
    }
    return all;
  }

  /** By stream: the test of each step and, behind them, of {@code until}. */
  private @Nullable StepTest[] @Nullable [] tests(
      PatternDefinition definition,
      Map<String, StreamSchema> used,
      List<Capture> captures,
      Set<String> read,
      Problems problems) {
    int size = definition.steps().size();
    @Nullable StepTest[] @Nullable [] tests = new @Nullable StepTest[streams.size()] @Nullable [];
    for (StreamSchema stream : used.values()) {
      @Nullable StepTest[] ofStream = new @Nullable StepTest[size + 1];
      for (int step = 0; step < size; step++) {
        ofStream[step] =
            test(
                definition,
                definition.steps().get(step).candidates(),
                step,
                stream,
                captures,
                read,
                problems);
      }
      Candidate until = definition.until();
      if (until != null) {
        ofStream[size] = test(definition, List.of(until), size, stream, captures, read, problems);
      }
      tests[stream.ordinal()] = ofStream;
    }
    return tests;
  }

  private @Nullable StepTest test(
      PatternDefinition definition,
      List<Candidate> candidates,
      int step,
      StreamSchema stream,
      List<Capture> captures,
      Set<String> read,
      Problems problems) {
    Set<String> steps = stepsOf(definition);
    List<Candidate> here =
        candidates.stream().filter(c -> c.on().value().equals(stream.name())).toList();
    if (here.isEmpty()) {
      return null;
    }
    ExpressionCompiler compiler = null;
    List<CompiledCondition> conditions = new ArrayList<>();
    boolean always = false;
    boolean readsSteps = false;
    for (Candidate candidate : here) {
      Text where = candidate.where();
      if (where == null) {
        always = true;
        continue;
      }
      if (compiler == null) {
        compiler = compiler(definition, step, stream, captures);
      }
      Optional<CompiledCondition> condition = compiler.condition(where, problems);
      Set<String> reads = condition.map(CompiledCondition::reads).orElse(Set.of());
      condition.ifPresent(conditions::add);
      readsSteps |= reads.stream().anyMatch(steps::contains);
      reads.stream().filter(name -> !steps.contains(name)).forEach(read::add);
    }
    return always ? StepTest.ALWAYS : new StepTest(List.copyOf(conditions), readsSteps);
  }

  private static Set<String> stepsOf(PatternDefinition definition) {
    Set<String> steps = new LinkedHashSet<>();
    definition.steps().forEach(step -> steps.add(step.name().value()));
    return steps;
  }

  private ExpressionCompiler compiler(
      PatternDefinition definition, int step, StreamSchema stream, List<Capture> captures) {
    Map<String, Unreadable> hidden = new HashMap<>(unreadable.apply(stream));
    Map<Integer, List<Variable.Part>> parts = new LinkedHashMap<>();
    Map<Integer, Integer> slots = new HashMap<>();
    for (int i = 0; i < captures.size(); i++) {
      Capture capture = captures.get(i);
      slots.putIfAbsent(capture.step(), scratch + i);
      parts
          .computeIfAbsent(capture.step(), s -> new ArrayList<>())
          .add(new Variable.Part(capture.part(), capture.type()));
    }
    Set<String> steps = stepsOf(definition);
    List<Variable> variables = new ArrayList<>(features.apply(stream));
    variables.removeIf(feature -> steps.contains(feature.name()));
    for (int other = 0; other < definition.steps().size(); other++) {
      StepDefinition declared = definition.steps().get(other);
      List<Variable.Part> ofStep = parts.get(other);
      String name = declared.name().value();
      hidden.remove(name);
      if (declared.negated()) {
        hidden.put(name, NEGATED);
      } else if (other > step) {
        hidden.put(name, LATER);
      } else if (ofStep != null) {
        variables.add(new Variable(name, true, slots.getOrDefault(other, scratch), ofStep));
      }
    }
    return new ExpressionCompiler(stream, variables, lists, hidden);
  }

  private static final Unreadable NEGATED =
      new Unreadable(
          ProblemCode.PATTERN_SHAPE,
          "is a negated step, which takes no event",
          "read event.<field> or an earlier step that takes events");

  private static final Unreadable LATER =
      new Unreadable(
          ProblemCode.PATTERN_SHAPE,
          "is a later step, which has taken no event yet",
          "read event.<field>, or a step that stands before this one");
}
