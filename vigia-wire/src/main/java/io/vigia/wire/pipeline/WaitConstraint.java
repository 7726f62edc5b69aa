package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;

/** What a test gives is an event, a change of lists, or time that passes. */
final class WaitConstraint implements Constraint {
  private static final String WAIT = "wait";

  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    YamlNode.Entry wait = mapping.entry(WAIT);
    YamlNode.Entry lists = mapping.entry(ListEditGrammar.LISTS);
    if (wait == null && lists != null) {
      checkAlone(mapping, report);
    } else if (wait == null) {
      boolean hasEvent =
          mapping.entries().stream()
              .anyMatch(entry -> TestGrammar.GIVEN.word(entry.key().value()) == null);
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

  /** A change has a time and nothing else. */
  private static void checkAlone(YamlNode.Mapping mapping, FormReport report) {
    for (YamlNode.Entry entry : mapping.entries()) {
      String word = entry.key().value();
      if (!word.equals(ListEditGrammar.LISTS) && !word.equals("at")) {
        report.add(
            ProblemCode.CONFLICTING_WORDS,
            entry.key().start(),
            "where lists are changed nothing else happens, found '" + word + "'",
            "write the change as an item of its own: - lists: {blocked_cards: {add: c1}}");
        return;
      }
    }
  }

  @Override
  public void addTo(ObjectNode schema) {
    schema.put("minProperties", 1);
  }
}
