package io.vigia.core.decision;

import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.decision.Decision.Unknown;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ConditionSet;
import io.vigia.core.expr.Variable;
import io.vigia.core.expr.Verdicts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one stream: judges a row whose features are filled.
 *
 * <p><b>Shape.</b> The decision takes the most severe outcome among the live rules that fired, or
 * the mildest there is when none did, and adds up their scores. Shadow rules are told, and change
 * nothing.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class RuleSet {
  private final String pipeline;
  private final List<String> outcomes;
  private final List<Rule> rules;
  private final Map<String, Variable> variables;
  private final ConditionSet conditions;

  RuleSet(String pipeline, List<String> outcomes, List<Rule> rules, List<Variable> variables) {
    this.pipeline = pipeline;
    this.outcomes = List.copyOf(outcomes);
    this.rules = List.copyOf(rules);
    this.conditions = new ConditionSet(rules.stream().map(Rule::when).toList());
    this.variables = new LinkedHashMap<>();
    variables.forEach(variable -> this.variables.put(variable.name(), variable));
  }

  /** A checked rule; {@code outcome} is its position among the outcomes. */
  record Rule(
      String id,
      CompiledCondition when,
      int outcome,
      int score,
      ReasonTemplate reason,
      boolean shadow,
      Set<String> reads) {}

  /** The names of all features that some rule reads. */
  public Set<String> reads() {
    Set<String> reads = new LinkedHashSet<>();
    rules.forEach(rule -> reads.addAll(rule.reads()));
    return reads;
  }

  public int size() {
    return rules.size();
  }

  public Decision decide(Row row) {
    int severest = 0;
    long score = 0;
    List<Fired> fired = List.of();
    List<Fired> shadow = List.of();
    Map<String, @Nullable Object> features = Map.of();
    Verdicts verdicts = conditions.test(row);
    for (int i = verdicts.nextTrue(0); i >= 0; i = verdicts.nextTrue(i + 1)) {
      Rule rule = rules.get(i);
      Fired vote =
          new Fired(rule.id, outcomes.get(rule.outcome), rule.score, rule.reason.fill(row));
      if (rule.shadow) {
        shadow = append(shadow, vote);
      } else {
        fired = append(fired, vote);
        severest = Math.max(severest, rule.outcome);
        score += rule.score;
      }
      features = withFeatures(features, rule, row.features());
    }
    return new Decision(
        row.identity(),
        pipeline,
        row.version(),
        row.event(),
        outcomes.get(severest),
        score,
        fired,
        shadow,
        unknown(verdicts),
        features,
        row.late());
  }

  private List<Unknown> unknown(Verdicts verdicts) {
    if (verdicts.unknowns() == 0) {
      return List.of();
    }
    List<Unknown> unknown = new ArrayList<>(verdicts.unknowns());
    for (int i = 0; i < verdicts.unknowns(); i++) {
      unknown.add(new Unknown(rules.get(verdicts.unknown(i)).id, conditions.because(verdicts, i)));
    }
    return unknown;
  }

  /** Compiles now what would be compiled with the first row. */
  public void prepare() {
    conditions.prepare();
  }

  /** Most events fire nothing, so that lists are made only when they are needed. */
  private static <T> List<T> append(List<T> list, T element) {
    List<T> appended = list.isEmpty() ? new ArrayList<>(4) : list;
    appended.add(element);
    return appended;
  }

  private Map<String, @Nullable Object> withFeatures(
      Map<String, @Nullable Object> features, Rule rule, Slots slots) {
    if (rule.reads.isEmpty()) {
      return features;
    }
    Map<String, @Nullable Object> read = features.isEmpty() ? new LinkedHashMap<>() : features;
    for (String name : rule.reads) {
      Variable variable = variables.get(name);
      if (variable != null) {
        read.put(name, valueOf(variable, slots));
      }
    }
    return read;
  }

  /** A variable's value as {@link Decision#features} has it. */
  public static @Nullable Object valueOf(Variable variable, Slots slots) {
    if (!variable.hasParts()) {
      return slots.boxed(variable.slot(), variable.parts().get(0).type());
    }
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    boolean any = false;
    for (int i = 0; i < variable.parts().size(); i++) {
      Variable.Part part = variable.parts().get(i);
      Object value = slots.boxed(variable.slot() + i, part.type());
      any |= value != null;
      parts.put(part.name(), value);
    }
    return any ? parts : null;
  }
}
