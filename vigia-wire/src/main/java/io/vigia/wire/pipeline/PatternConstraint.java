package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;
import java.util.List;

/** A pattern has steps and a time for them, unless it is of something that does not come. */
final class PatternConstraint implements Constraint {
  private static final List<String> NEEDED = List.of("within", "steps");

  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    if (mapping.entry("absent") != null || !mapping.complete()) {
      return;
    }
    for (String word : NEEDED) {
      if (mapping.entry(word) == null) {
        report.add(
            ProblemCode.MISSING_WORD,
            report.beginning(mapping),
            title + " has no '" + word + "'",
            word.equals("within")
                ? "add how long a match may take, such as within: 10m"
                : "add its steps: [{probe: {on: …}}, {hit: {on: …}}]");
      }
    }
  }

  @Override
  public void addTo(ObjectNode schema) {
    NEEDED.forEach(schema.withArray("required")::add);
  }
}
