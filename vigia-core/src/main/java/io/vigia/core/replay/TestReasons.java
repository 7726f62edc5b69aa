package io.vigia.core.replay;

import io.vigia.core.decision.Decision;
import io.vigia.core.decision.Explanation;
import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Answer;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.TestDefinition.Expected;
import io.vigia.core.problem.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why the rules that a test is about fired, or did not: each part of their conditions with its
 * answer and the values that it read.
 *
 * <p>These are the rules that were expected and did not fire, or fired and were not expected. Where
 * the rules are as expected and the outcome or the score is not, those that fired; where no rules
 * are expected, those that vote for the expected outcome and those that decided.
 */
final class TestReasons {
  private static final int RULES_MAX = 5;
  private static final int PART_MAX = 60;
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z_0-9]*(?:\\.[A-Za-z_0-9]+)*");

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Set<String> fired;
  private final Set<String> shadow;
  private final List<String> lines = new ArrayList<>();

  private TestReasons(CompiledPipeline pipeline, Row row, Decision decision) {
    this.fired = names(decision.rules());
    this.shadow = names(decision.shadow());
    StreamSchema stream = row.event().stream();
    for (int i = 0; i < stream.size(); i++) {
      values.put("event." + stream.field(i).name(), row.event().values().boxed(i, stream.type(i)));
    }
    values.put("now", Instant.ofEpochMilli(row.event().timeMs()));
    pipeline.features(row).forEach(this::put);
  }

  private static Set<String> names(List<Decision.Fired> rules) {
    return rules.stream().map(Decision.Fired::rule).collect(Collectors.toUnmodifiableSet());
  }

  private void put(String name, @Nullable Object value) {
    values.put(name, value);
    if (value instanceof Map<?, ?> parts) {
      parts.forEach((part, each) -> values.put(name + "." + part, each));
    }
  }

  static List<String> of(CompiledPipeline pipeline, Row row, Decision decision, Expected expected) {
    TestReasons reasons = new TestReasons(pipeline, row, decision);
    List<Explanation> told =
        pipeline.explain(row, rule -> reasons.isTold(rule, decision, expected));
    told.stream().limit(RULES_MAX).forEach(reasons::tell);
    if (told.size() > RULES_MAX) {
      reasons.lines.add("and why %d other rules".formatted(told.size() - RULES_MAX));
    }
    return reasons.lines;
  }

  private boolean isTold(Explanation rule, Decision decision, Expected expected) {
    boolean isFired = fired.contains(rule.rule());
    List<Text> rules = expected.rules();
    Set<String> wanted =
        rules == null
            ? fired
            : rules.stream().map(Text::value).collect(Collectors.toUnmodifiableSet());
    if (!wanted.equals(fired)) {
      return isFired != wanted.contains(rule.rule());
    }
    Long score = expected.score();
    if (score != null && score != decision.score() && isFired) {
      return true;
    }
    Text outcome = expected.outcome();
    if (outcome == null || outcome.value().equals(decision.outcome())) {
      return false;
    }
    if (rules != null) {
      return isFired;
    }
    return rule.outcome().equals(isFired ? decision.outcome() : outcome.value());
  }

  private void tell(Explanation rule) {
    String head = (fired.contains(rule.rule()) ? "why " : "why not ") + rule.rule() + ":";
    lines.add(rule.parts().size() > 1 ? head + " " + rule.condition() : head);
    if (!rule.asked()) {
      lines.add("  not asked: outside of its schedule, or expired");
    }
    if (shadow.contains(rule.rule())) {
      lines.add("  in shadow, or not rolled out to this key");
    }
    int width = 0;
    for (Explanation.Part part : rule.parts()) {
      width = Math.max(width, Math.min(PART_MAX, part.text().length()));
    }
    for (Explanation.Part part : rule.parts()) {
      String read = read(part.text());
      String padded = part.text() + " ".repeat(Math.max(0, width - part.text().length()));
      lines.add(("  " + answer(part.answer()) + padded + "  " + read).stripTrailing());
    }
  }

  private static String answer(Answer answer) {
    return answer.isUnknown() ? "?    " : answer.isTrue() ? "yes  " : "no   ";
  }

  /** The values of what a part names, as far as they are known by name. */
  private String read(String part) {
    return NAME.matcher(TEXT.matcher(part).replaceAll("\"\""))
        .results()
        .map(MatchResult::group)
        .filter(values::containsKey)
        .distinct()
        .map(name -> name + " is " + TestSituation.shown(values.get(name)))
        .collect(Collectors.joining(", "));
  }
}
