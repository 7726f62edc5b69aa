package io.vigia.core.decision;

import io.vigia.core.decision.Decision.Fired;
import io.vigia.core.decision.Decision.NearMiss;
import io.vigia.core.decision.Decision.Unknown;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.ConditionSet;
import io.vigia.core.expr.Variable;
import io.vigia.core.expr.Verdicts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one stream: judges a row whose features are filled.
 *
 * <p><b>Shape.</b> The decision takes the most severe outcome among the live rules that fired, or
 * the mildest there is when none did, and adds up their scores; with {@link RuleMatch#FIRST} the
 * first one in the order of the file alone. Shadow rules, and rules that are not rolled out to the
 * event's key, are told and change nothing.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class RuleSet {
  private final String pipeline;
  private final List<String> outcomes;
  private final RuleMatch match;
  private final Rule[] rules;
  private final NearMisses nearMisses;
  private final Resolution[] resolutions;
  private final Map<String, Variable> variables;
  private final @Nullable Variable silence;
  private final ConditionSet conditions;

  RuleSet(
      String pipeline,
      List<String> outcomes,
      RuleMatch match,
      List<Rule> rules,
      NearMisses nearMisses,
      List<Resolution> resolutions,
      List<Variable> variables,
      @Nullable Variable silence) {
    this.pipeline = pipeline;
    this.outcomes = List.copyOf(outcomes);
    this.match = match;
    this.rules = rules.toArray(Rule[]::new);
    this.nearMisses = nearMisses;
    this.resolutions = resolutions.toArray(Resolution[]::new);
    this.conditions = new ConditionSet(rules.stream().map(Rule::when).toList());
    this.silence = silence;
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
      Rollout rollout,
      @Nullable Schedule schedule,
      long expiresMs,
      Set<String> reads,
      ConditionParts parts) {

    /** Whether the rule is there at all at the event's time. */
    boolean isAsked(Row row) {
      long timeMs = row.event().timeMs();
      return timeMs < expiresMs && (schedule == null || schedule.covers(timeMs));
    }

    boolean decides(Row row) {
      return rollout.covers(row.event().key());
    }
  }

  /** When an event ends the alerts of its group. */
  record Resolution(AlertDefinition alert, CompiledCondition when) {}

  /** The names of all features that some rule, or the end of some alert, reads. */
  public Set<String> reads() {
    Set<String> reads = new LinkedHashSet<>();
    for (Rule rule : rules) {
      reads.addAll(rule.reads);
    }
    for (Resolution resolution : resolutions) {
      reads.addAll(resolution.when.reads());
    }
    return reads;
  }

  public int size() {
    return rules.length;
  }

  public Decision decide(Row row) {
    int severest = 0;
    long score = 0;
    List<Fired> fired = List.of();
    List<Fired> shadow = List.of();
    Map<String, @Nullable Object> features = Map.of();
    int asked = rules.length;
    Verdicts verdicts = conditions.test(row);
    for (int i = verdicts.nextTrue(0); i >= 0 && i < asked; i = verdicts.nextTrue(i + 1)) {
      Rule rule = rules[i];
      // The condition comes first: it is nearly always false, and the calendar costs more.
      if (!rule.isAsked(row)) {
        continue;
      }
      Fired vote =
          new Fired(rule.id, outcomes.get(rule.outcome), rule.score, rule.reason.fill(row));
      features = withFeatures(features, rule, row.features());
      if (!rule.decides(row)) {
        shadow = append(shadow, vote);
        continue;
      }
      fired = append(fired, vote);
      severest = Math.max(severest, rule.outcome);
      score += rule.score;
      if (match == RuleMatch.FIRST) {
        asked = i + 1;
      }
    }
    return new Decision(
        pipeline,
        row.version(),
        row.event(),
        outcomes.get(severest),
        score,
        fired,
        shadow,
        unknown(verdicts, row, asked),
        severest == 0 ? List.of() : nearMisses(row, asked),
        features,
        resolves(row, outcomes.get(severest)),
        coarse(row.coarse()),
        row.late());
  }

  private List<Unknown> unknown(Verdicts verdicts, Row row, int asked) {
    List<Unknown> unknown = List.of();
    for (int i = 0; i < verdicts.unknowns() && verdicts.unknown(i) < asked; i++) {
      Rule rule = rules[verdicts.unknown(i)];
      if (rule.isAsked(row)) {
        unknown = append(unknown, new Unknown(rule.id, conditions.because(verdicts, i)));
      }
    }
    return unknown;
  }

  /** Compiles now what would be compiled with the first row. */
  public void prepare() {
    conditions.prepare();
  }

  /** Those of the features and patterns that are read here that are marked. */
  private List<String> coarse(@Nullable BitSet marked) {
    if (marked == null) {
      return List.of();
    }
    return Stream.concat(Stream.ofNullable(silence), reads().stream().map(variables::get))
        .filter(variable -> variable != null && isMarked(variable, marked))
        .map(Variable::name)
        .toList();
  }

  /** A feature is marked in its first slot, patterns each in their own. */
  private static boolean isMarked(Variable variable, BitSet marked) {
    int first = marked.nextSetBit(variable.slot());
    return first >= 0 && first < variable.slot() + variable.parts().size();
  }

  /** The alerts that the event ends; one that it raises it does not end. */
  private List<String> resolves(Row row, String outcome) {
    List<String> resolves = List.of();
    for (Resolution resolution : resolutions) {
      if (!resolution.alert.isRaisedBy(outcome) && resolution.when.test(row).isTrue()) {
        resolves = append(resolves, resolution.alert.name().value());
      }
    }
    return resolves;
  }

  /** Why the rules fired about a row, or did not, in the order of the file. */
  public List<Explanation> explain(Row row, Predicate<Explanation> told) {
    List<Explanation> all = new ArrayList<>();
    for (Rule rule : rules) {
      Explanation brief =
          new Explanation(
              rule.id,
              outcomes.get(rule.outcome),
              rule.parts.oneLine(),
              rule.isAsked(row),
              List.of());
      if (told.test(brief)) {
        all.add(
            new Explanation(
                brief.rule(),
                brief.outcome(),
                brief.condition(),
                brief.asked(),
                rule.parts.of(row)));
      }
    }
    return all;
  }

  /** The rules that one number kept from firing, whatever the outcome. */
  public List<NearMiss> nearMisses(Row row) {
    return nearMisses(row, rules.length);
  }

  private List<NearMiss> nearMisses(Row row, int asked) {
    return nearMisses.of(row, asked, position -> rules[position].isAsked(row));
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
