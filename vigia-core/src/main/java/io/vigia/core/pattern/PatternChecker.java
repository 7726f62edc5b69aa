package io.vigia.core.pattern;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a pattern's definition against its streams and makes it ready to run. */
public final class PatternChecker {
  private final Map<String, StreamSchema> streams;
  private final Set<String> declared;
  private final PatternConditions conditions;
  private final Problems problems;

  /**
   * @param streams those in which nothing was found, by name
   * @param declared the names of all
   */
  public PatternChecker(
      Map<String, StreamSchema> streams,
      Set<String> declared,
      PatternConditions conditions,
      Problems problems) {
    this.streams = streams;
    this.declared = declared;
    this.conditions = conditions;
    this.problems = problems;
  }

  /** The checked pattern, or null when something was found. */
  public @Nullable Pattern check(PatternDefinition definition) {
    int before = problems.errors();
    Map<String, StreamSchema> used = streamsOf(definition);
    checkEntity(definition, used);
    checkNames(definition);
    checkShape(definition);
    if (used.size() < names(definition).size()) {
      return null;
    }
    Set<String> features = new LinkedHashSet<>();
    @Nullable PatternMatcher matcher = conditions.compile(definition, used, features, problems);
    if (matcher == null || problems.errors() > before) {
      return null;
    }
    List<StepDefinition> steps = definition.steps();
    Set<String> completedBy = new LinkedHashSet<>();
    StepDefinition last = steps.get(steps.size() - 1);
    if (!last.negated()) {
      last.candidates().forEach(candidate -> completedBy.add(candidate.on().value()));
    }
    return new Pattern(
        definition,
        definition.by().stream().map(Text::value).toList(),
        completedBy,
        features,
        matcher);
  }

  private static List<Candidate> candidates(PatternDefinition definition) {
    List<Candidate> all = new ArrayList<>();
    definition.steps().forEach(step -> all.addAll(step.candidates()));
    Candidate until = definition.until();
    if (until != null) {
      all.add(until);
    }
    return all;
  }

  private static Set<String> names(PatternDefinition definition) {
    Set<String> names = new LinkedHashSet<>();
    candidates(definition).forEach(candidate -> names.add(candidate.on().value()));
    return names;
  }

  private Map<String, StreamSchema> streamsOf(PatternDefinition definition) {
    Map<String, StreamSchema> used = new LinkedHashMap<>();
    for (Candidate candidate : candidates(definition)) {
      String name = candidate.on().value();
      StreamSchema stream = streams.get(name);
      if (stream != null) {
        used.put(name, stream);
      } else if (!declared.contains(name)) {
        problems.add(
            ProblemCode.UNKNOWN_NAME,
            candidate.on().place(),
            "unknown stream '" + name + "'",
            Nearest.help(name, declared));
      }
    }
    return used;
  }

  /** The entity's fields are in every stream, and mean the same there. */
  private void checkEntity(PatternDefinition definition, Map<String, StreamSchema> used) {
    Set<String> seen = new HashSet<>();
    for (Text field : definition.by()) {
      if (!seen.add(field.value())) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            field.place(),
            "'" + field + "' is there twice",
            "remove one of them");
      }
      StreamSchema first = null;
      for (StreamSchema stream : used.values()) {
        int found = stream.find(field.value());
        if (found < 0) {
          problems.add(
              ProblemCode.UNKNOWN_NAME,
              field.place(),
              "stream '" + stream.name() + "' has no field '" + field + "'",
              Nearest.help(field.value(), stream.fieldNames()));
        } else if (first == null) {
          first = stream;
        } else {
          checkSameType(field, first, stream);
        }
      }
    }
  }

  private void checkSameType(Text field, StreamSchema first, StreamSchema stream) {
    FieldType expected = first.type(first.position(field.value()));
    FieldType found = stream.type(stream.position(field.value()));
    if (found != expected) {
      problems.add(
          ProblemCode.TYPE_MISMATCH,
          field.place(),
          "'"
              + field
              + "' is "
              + expected.word()
              + " in stream '"
              + first.name()
              + "' and "
              + found.word()
              + " in '"
              + stream.name()
              + "'",
          "give it one type in both");
    }
  }

  private void checkNames(PatternDefinition definition) {
    Set<String> seen = new HashSet<>();
    for (StepDefinition step : definition.steps()) {
      if (!seen.add(step.name().value())) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            step.name().place(),
            "step '" + step.name() + "' is there twice",
            "rename one of them");
      }
    }
  }

  private void checkShape(PatternDefinition definition) {
    List<StepDefinition> steps = definition.steps();
    StepDefinition first = steps.get(0);
    StepDefinition last = lastTaking(steps);
    if (first.negated()) {
      shape(
          first,
          "pattern '" + definition.name() + "' begins with a negated step",
          "begin with a step that takes an event; what must not happen stands behind one");
    } else if (last.isOptional()) {
      shape(
          last,
          "the last step of pattern '" + definition.name() + "' may take no event",
          "leave it out, the pattern is complete before it; or let it take at least one");
    }
  }

  private static StepDefinition lastTaking(List<StepDefinition> steps) {
    int last = steps.size() - 1;
    while (last > 0 && steps.get(last).negated()) {
      last--;
    }
    return steps.get(last);
  }

  private void shape(StepDefinition step, String found, String help) {
    problems.add(ProblemCode.PATTERN_SHAPE, step.name().place(), found, help);
  }
}
