package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;

/** {@code word} and {@code other} do not stand side by side. */
record Excludes(String word, String other, String help) implements Constraint {
  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    YamlNode.Entry entry = mapping.entry(other);
    if (mapping.entry(word) != null && entry != null) {
      report.add(
          ProblemCode.CONFLICTING_WORDS,
          entry.key().start(),
          title + " has both '" + word + "' and '" + other + "'",
          help);
    }
  }

  @Override
  public void addTo(ObjectNode schema) {
    schema
        .withArray("allOf")
        .addObject()
        .putObject("not")
        .withArray("required")
        .add(word)
        .add(other);
  }
}
