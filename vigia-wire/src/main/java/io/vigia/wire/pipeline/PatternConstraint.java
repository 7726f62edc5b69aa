package io.vigia.wire.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigia.core.problem.ProblemCode;
import java.util.List;

/** A pattern has steps and a time for them, or a stream and how long nothing comes of it. */
final class PatternConstraint implements Constraint {
  private static final List<String> OF_STEPS = List.of("within", "steps", "strict", "until");
  private static final List<String> OF_ABSENCE = List.of("absent", "on", "where");

  @Override
  public void check(YamlNode.Mapping mapping, String title, FormReport report) {
    boolean absence = mapping.entry("absent") != null;
    if (mapping.complete()) {
      List<String> needed = absence ? List.of("on") : List.of("within", "steps");
      needed.forEach(word -> need(mapping, word, title, report));
    }
    for (String word : absence ? OF_STEPS : OF_ABSENCE) {
      YamlNode.Entry entry = mapping.entry(word);
      if (entry != null) {
        report.add(
            ProblemCode.CONFLICTING_WORDS,
            entry.key().start(),
            absence
                ? "'" + word + "' says nothing about absence: " + title + " has 'absent'"
                : "'" + word + "' of " + title + " says nothing without 'absent'",
            absence
                ? "remove it, or write the pattern with steps"
                : "write it in a step, or add absent: 15m");
      }
    }
  }

  private static void need(YamlNode.Mapping mapping, String word, String title, FormReport report) {
    if (mapping.entry(word) == null) {
      report.add(
          ProblemCode.MISSING_WORD,
          report.beginning(mapping),
          title + " has no '" + word + "'",
          switch (word) {
            case "within" -> "add how long a match may take, such as within: 10m";
            case "on" -> "add the stream that falls silent, such as on: heartbeats";
            default -> "add its steps: [{probe: {on: …}}, {hit: {on: …}}]";
          });
    }
  }

  @Override
  public void addTo(ObjectNode schema) {
    ObjectNode steps = schema.withArray("oneOf").addObject();
    steps.withArray("required").add("within").add("steps");
    ObjectNode absence = schema.withArray("oneOf").addObject();
    absence.withArray("required").add("absent").add("on");
  }
}
