package io.vigia.wire.pipeline;

import io.vigia.core.pattern.Candidate;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pattern.StepDefinition;
import io.vigia.core.problem.Text;
import io.vigia.wire.pipeline.Form.Named;
import java.util.List;

/** Makes the definition of a pattern. */
final class PatternBuilder {
  private PatternBuilder() {}

  static PatternDefinition build(Named pattern) {
    Form form = pattern.form();
    if (form.has("absent")) {
      return absence(pattern);
    }
    return new PatternDefinition(
        pattern.name(),
        form.texts("by"),
        form.ms("within", 0),
        form.forms("steps").stream().map(step -> step(step.named().get(0))).toList(),
        form.flag("strict"),
        form.flag("overlap"),
        form.has("until") ? candidate(form.form("until")) : null);
  }

  /** An event, and behind it no other until the time is over: the next one begins anew. */
  private static PatternDefinition absence(Named pattern) {
    Form form = pattern.form();
    List<Candidate> candidates = List.of(candidate(form));
    Text name = pattern.name();
    return new PatternDefinition(
        name,
        form.texts("by"),
        form.ms("absent", 0),
        List.of(
            new StepDefinition(new Text("seen", name.place()), candidates, 1, 1, false),
            new StepDefinition(new Text("absent", name.place()), candidates, 1, 1, true)),
        false,
        form.flag("overlap"),
        null);
  }

  private static StepDefinition step(Named named) {
    Form form = named.form();
    String times = form.has("times") ? form.text("times").value() : "1";
    return new StepDefinition(
        named.name(),
        form.has("any")
            ? form.forms("any").stream().map(PatternBuilder::candidate).toList()
            : List.of(candidate(form)),
        TimesValue.least(times),
        TimesValue.most(times),
        form.flag("not"));
  }

  private static Candidate candidate(Form form) {
    return new Candidate(form.text("on"), form.conditionOrNull("where"));
  }
}
