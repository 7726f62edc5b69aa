package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;

/** What a test gives is an event, or time that passes. */
final class WaitConstraint implements Constraint {
  private static final String WAIT = "wait";

  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    YamlNode.Entry wait = mapping.entry(WAIT);
    if (wait == null) {
      boolean hasEvent =
          mapping.entries().stream()
              .anyMatch(entry -> PipelineGrammar.GIVEN.word(entry.key().value()) == null);
      if (!hasEvent && mapping.complete()) {
        report.add(
            ProblemCode.MISSING_WORD,
            report.beginning(mapping),
            title + " has no stream",
            "add the stream and its fields, such as payments: {payment_id: p9, card: c1}");
      }
    } else if (mapping.entries().size() > 1) {
      report.add(
          ProblemCode.CONFLICTING_WORDS,
          wait.key().start(),
          "while " + title + " waits nothing else happens",
          "write the wait as an item of its own: - wait: 20m");
    }
  }

  @Override
  public void addTo(ObjectNode schema) {
    schema.put("minProperties", 1);
  }
}
