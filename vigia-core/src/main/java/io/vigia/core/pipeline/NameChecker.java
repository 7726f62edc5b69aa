package io.vigia.core.pipeline;

import io.vigia.core.decision.AlertDefinition;
import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that what a pipeline declares has names, and topics, of its own. */
final class NameChecker {
  private static final List<String> OWN_TOPICS =
      List.of(".decisions", ".alerts", ".dead-letters", ".versions", ".lists");

  private final PipelineDefinition definition;
  private final Problems problems;

  NameChecker(PipelineDefinition definition, Problems problems) {
    this.definition = definition;
    this.problems = problems;
  }

  void check() {
    unique("stream", definition.streams().stream().map(StreamDefinition::name).toList());
    unique("feature", definition.features().stream().map(FeatureDefinition::name).toList());
    unique("pattern", definition.patterns().stream().map(PatternDefinition::name).toList());
    unique("list", definition.lists().stream().map(ListDefinition::name).toList());
    unique("table", definition.tables().stream().map(TableDefinition::name).toList());
    unique("rule", definition.rules().stream().map(RuleDefinition::id).toList());
    unique("outcome", definition.outcomes());
    unique("alert", definition.alerts().stream().map(AlertDefinition::name).toList());
    unique("test", definition.tests().stream().map(TestDefinition::name).toList());
  }

  private void unique(String what, List<Text> names) {
    Map<String, Text> seen = new HashMap<>();
    for (Text name : names) {
      Text first = seen.putIfAbsent(name.value(), name);
      if (first != null) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            name.place(),
            what
                + " '"
                + name
                + "' is there twice"
                + (first.place().line() == name.place().line()
                    ? ""
                    : ", first at line " + first.place().line()),
            what.equals("outcome") ? "remove one of them" : "rename one of them");
      }
    }
  }

  /** Each stream needs a topic of its own, and none of those that the pipeline writes itself. */
  void checkTopics() {
    Map<String, String> taken = new HashMap<>();
    for (String own : OWN_TOPICS) {
      taken.put(definition.name() + own, "the pipeline itself");
    }
    for (StreamDefinition stream : definition.streams()) {
      String named = stream.topic();
      String topic = named == null ? definition.name() + "." + stream.name() : named;
      String by = taken.putIfAbsent(topic, "stream '" + stream.name() + "'");
      if (by != null && named != null) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            stream.name().place(),
            "topic '" + topic + "' is already used by " + by,
            "give stream '" + stream.name() + "' a topic of its own");
      }
    }
  }
}
