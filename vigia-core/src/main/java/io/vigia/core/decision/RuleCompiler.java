package io.vigia.core.decision;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Variable;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles the rules of one stream. */
public final class RuleCompiler {
  private final String pipeline;
  private final List<String> outcomes;
  private final List<Variable> variables;
  private final @Nullable Variable silence;
  private final ExpressionCompiler expressions;
  private final Problems problems;
  private final RuleMatch match;
  private final NearMisses.Builder nearMisses;
  private final List<RuleSet.Rule> rules = new ArrayList<>();
  private final List<RuleSet.Resolution> resolutions = new ArrayList<>();
  private final StreamSchema stream;

  /**
   * @param variables the features that rules of the stream can read, in the order of the file
   * @param silence what is marked of a row where silence makes the stream's events, null where it
   *     does not
   */
  public RuleCompiler(
      String pipeline,
      List<String> outcomes,
      RuleMatch match,
      StreamSchema stream,
      List<Variable> variables,
      @Nullable Variable silence,
      ExpressionCompiler expressions,
      Problems problems) {
    this.pipeline = pipeline;
    this.outcomes = List.copyOf(outcomes);
    this.match = match;
    this.stream = stream;
    this.nearMisses = new NearMisses.Builder(stream, variables);
    this.variables = List.copyOf(variables);
    this.silence = silence;
    this.expressions = expressions;
    this.problems = problems;
  }

  /** Adds a rule; what is wrong with it becomes a problem. */
  public void add(RuleDefinition definition) {
    int outcome = outcome(definition.outcome());
    if (definition.when().value().strip().equals("false")) {
      problems.add(
          ProblemCode.RULE_SHAPE,
          definition.when().place(),
          "rule '" + definition.id() + "' never fires",
          "to try a rule that does not decide yet, write mode: shadow");
    }
    Optional<CompiledCondition> when = expressions.condition(definition.when(), problems);
    Text reasonText = definition.reason();
    ReasonTemplate reason =
        reasonText == null
            ? ReasonTemplate.NONE
            : ReasonTemplate.compile(reasonText, expressions, problems);
    if (when.isPresent() && outcome >= 0) {
      String id = definition.id().value();
      nearMisses.add(rules.size(), id, definition.when().value(), when.get());
      rules.add(
          new RuleSet.Rule(
              id,
              when.get(),
              outcome,
              definition.score(),
              reason,
              new Rollout(pipeline, id, definition.mode()),
              definition.schedule(),
              definition.expiresMs(),
              inFileOrder(when.get().reads(), reason.reads()),
              new ConditionParts(definition.when(), expressions)));
    }
  }

  /**
   * Adds the end of an alert, if the stream has the fields of its group and can answer its
   * condition; what is in the way becomes a problem of {@code into}.
   */
  boolean addResolution(AlertDefinition alert, Text condition, Problems into) {
    for (Text field : alert.groupBy()) {
      if (stream.find(field.value()) < 0) {
        return false;
      }
    }
    Optional<CompiledCondition> when = expressions.condition(condition, into);
    when.ifPresent(compiled -> resolutions.add(new RuleSet.Resolution(alert, compiled)));
    return when.isPresent();
  }

  public RuleSet compile() {
    return new RuleSet(
        pipeline, outcomes, match, rules, nearMisses.build(), resolutions, variables, silence);
  }

  private int outcome(Text name) {
    int outcome = outcomes.indexOf(name.value());
    if (outcome < 0) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          name.place(),
          "unknown outcome '" + name + "'",
          Nearest.help(name.value(), outcomes));
    }
    return outcome;
  }

  private Set<String> inFileOrder(Set<String> condition, Set<String> reason) {
    Set<String> ordered = new LinkedHashSet<>();
    for (Variable variable : variables) {
      if (condition.contains(variable.name()) || reason.contains(variable.name())) {
        ordered.add(variable.name());
      }
    }
    return ordered;
  }
}
