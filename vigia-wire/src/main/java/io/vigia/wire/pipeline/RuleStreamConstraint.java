package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;

/** A rule may leave out its stream where there is only one. */
final class RuleStreamConstraint implements Constraint {
  @Override
  public void check(YamlNode.Mapping file, String title, FormReport report) {
    if (!(file.find("streams") instanceof YamlNode.Mapping streams)
        || !(file.find("rules") instanceof YamlNode.Sequence rules)
        || streams.entries().size() < 2) {
      return;
    }
    String known = String.join(", ", streams.entries().stream().map(e -> e.key().value()).toList());
    for (int i = 0; i < rules.items().size(); i++) {
      if (rules.items().get(i) instanceof YamlNode.Mapping rule
          && rule.complete()
          && rule.entry("on") == null) {
        String id = rule.text("id");
        report.add(
            ProblemCode.MISSING_WORD,
            rule.start(),
            ("rule " + (id == null ? i + 1 : Quote.of(id)))
                + " has no 'on', and there is more than one stream",
            "add the stream whose events it judges: " + known);
      }
    }
  }
}
