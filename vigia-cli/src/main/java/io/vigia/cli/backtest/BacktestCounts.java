package io.vigia.cli.backtest;

import io.vigia.core.decision.Decision;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.pipeline.CompiledPipeline;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a backtest has counted so far. Mutable, owned by one thread. */
final class BacktestCounts {
  private final Map<String, long[]> outcomes = new LinkedHashMap<>();
  private final Map<String, RuleCounts> rules = new LinkedHashMap<>();
  private long decisions;
  private long silences;
  private long givenUp;
  private long late;
  private long coarse;
  private long repeats;
  private long conflicts;

  /** How often a rule fired, would have fired in shadow, and could not be answered. */
  static final class RuleCounts {
    private final boolean shadow;
    private long fired;
    private long unknown;

    private RuleCounts(boolean shadow) {
      this.shadow = shadow;
    }

    boolean isShadow() {
      return shadow;
    }

    long fired() {
      return fired;
    }

    long unknown() {
      return unknown;
    }
  }

  BacktestCounts(CompiledPipeline pipeline) {
    pipeline.outcomes().forEach(outcome -> outcomes.put(outcome, new long[1]));
    for (RuleDefinition rule : pipeline.definition().rules()) {
      rules.put(rule.id().value(), new RuleCounts(rule.shadow()));
    }
  }

  void decided(Decision decision) {
    decisions++;
    late += decision.late() ? 1 : 0;
    coarse += decision.coarse().isEmpty() ? 0 : 1;
    outcomes.computeIfAbsent(decision.outcome(), o -> new long[1])[0]++;
    decision.rules().forEach(fired -> rule(fired.rule()).fired++);
    decision.shadow().forEach(fired -> rule(fired.rule()).fired++);
    decision.unknown().forEach(unknown -> rule(unknown.rule()).unknown++);
  }

  /** A match that time has completed, which is no event of the input. */
  void silent(Decision decision) {
    silences++;
    decided(decision);
  }

  /** Partial matches of patterns have been given up. */
  void gaveUp(int matches) {
    givenUp += matches;
  }

  private RuleCounts rule(String id) {
    return rules.computeIfAbsent(id, r -> new RuleCounts(false));
  }

  void repeated() {
    repeats++;
  }

  void conflicted() {
    conflicts++;
  }

  /** All events that could be read. */
  long events() {
    return decisions - silences + repeats + conflicts;
  }

  long silences() {
    return silences;
  }

  long givenUp() {
    return givenUp;
  }

  long decisions() {
    return decisions;
  }

  long late() {
    return late;
  }

  /** Decisions whose rules read a value of a key that had too many events. */
  long coarse() {
    return coarse;
  }

  long repeats() {
    return repeats;
  }

  long conflicts() {
    return conflicts;
  }

  /** Decisions by outcome, from mild to severe. */
  Map<String, Long> outcomes() {
    Map<String, Long> counts = new LinkedHashMap<>();
    outcomes.forEach((outcome, count) -> counts.put(outcome, count[0]));
    return counts;
  }

  /** In the order of the file. */
  Map<String, RuleCounts> rules() {
    return Collections.unmodifiableMap(rules);
  }
}
