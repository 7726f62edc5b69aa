package io.vigia.core.pipeline;

import io.vigia.core.decision.RuleDefinition;
import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.expr.Variable;
import io.vigia.core.feature.FeatureDefinition;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.pattern.PatternDefinition;
import io.vigia.core.pipeline.TestDefinition.Expected;
import io.vigia.core.pipeline.TestDefinition.Given;
import io.vigia.core.pipeline.TestDefinition.ListEdit;
import io.vigia.core.pipeline.TestDefinition.Value;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks that tests can be run as they are written. */
final class TestChecker {
  /** Up to here every value of a counter is tried, beyond it the last. */
  private static final int TRIED = 1_000;

  private final PipelineDefinition definition;
  private final Map<String, StreamSchema> streams;
  private final Map<String, Variable> variables = new HashMap<>();
  private final Problems problems;

  /**
   * @param streams those of which a schema could be made, by name
   * @param variables the features in which nothing was found
   */
  TestChecker(
      PipelineDefinition definition,
      Map<String, StreamSchema> streams,
      Collection<Variable> variables,
      Problems problems) {
    this.definition = definition;
    this.streams = streams;
    this.problems = problems;
    variables.forEach(variable -> this.variables.put(variable.name(), variable));
  }

  void check() {
    for (TestDefinition test : definition.tests()) {
      test.given().forEach(this::check);
      test.expect().values().forEach(this::check);
      test.never().silences().forEach(this::checkSilence);
      checkAlerts(test.never().alerts());
    }
  }

  private void check(Given given) {
    if (given.isPause()) {
      return;
    }
    if (given.isEdit()) {
      given.edits().forEach(this::check);
      return;
    }
    StreamSchema stream = streams.get(given.stream().value());
    if (stream != null) {
      checkFields(stream, given);
      checkComplete(stream, given);
      checkTime(stream, given);
      checkNumbered(stream, given);
      return;
    }
    List<String> declared =
        definition.streams().stream().map(declaration -> declaration.name().value()).toList();
    if (!declared.contains(given.stream().value())) {
      unknown("stream", given.stream(), declared);
    }
  }

  private void check(ListEdit edit) {
    Map<String, ListDefinition> known = new LinkedHashMap<>();
    definition.lists().forEach(list -> known.putIfAbsent(list.name().value(), list));
    ListDefinition list = known.get(edit.list().value());
    if (list == null) {
      unknown("list", edit.list(), known.keySet());
      return;
    }
    edit.values().forEach(value -> checkValue("list", list.name().value(), list.of(), value, 1));
  }

  private void unknown(String what, Text name, Collection<String> known) {
    problems.add(
        ProblemCode.UNKNOWN_NAME,
        name.place(),
        "unknown " + what + " '" + name + "'",
        Nearest.help(name.value(), known));
  }

  private void shape(Place place, String found, String help) {
    problems.add(ProblemCode.TEST_SHAPE, place, found, help);
  }

  private void checkFields(StreamSchema stream, Given given) {
    for (Value value : given.fields().values()) {
      Text text = value.text();
      int field = stream.find(value.name().value());
      if (field < 0) {
        problems.add(
            ProblemCode.UNKNOWN_NAME,
            value.name().place(),
            "stream '" + stream.name() + "' has no field '" + value.name() + "'",
            Nearest.help(value.name().value(), stream.fieldNames()));
      } else if (text != null) {
        checkValue("field", value.name().value(), stream.type(field), text, given.times());
      }
    }
  }

  private void checkValue(String what, String name, FieldType type, Text text, int times) {
    IntStream counts =
        text.value().contains(TestEvents.COUNTER)
            ? IntStream.concat(
                IntStream.rangeClosed(1, Math.min(times, TRIED)), IntStream.of(times))
            : IntStream.of(1);
    counts
        .filter(n -> TestEvents.valueOf(type, text, n) == null)
        .findFirst()
        .ifPresent(
            n ->
                problems.add(
                    ProblemCode.BAD_VALUE,
                    text.place(),
                    what
                        + " '"
                        + name
                        + "' is "
                        + type.word()
                        + ", found '"
                        + text
                        + "'"
                        + (n > 1 ? ", which is none at n = " + n : ""),
                    "write it like " + TextValue.example(type)));
  }

  private void checkComplete(StreamSchema stream, Given given) {
    List<String> misspelt = new ArrayList<>();
    for (String name : given.fields().keySet()) {
      if (stream.find(name) < 0) {
        Nearest.of(name, stream.fieldNames()).ifPresent(misspelt::add);
      }
    }
    for (int field = 0; field < stream.size(); field++) {
      FieldDefinition declared = stream.field(field);
      String name = declared.name().value();
      if (textOf(given, name) == null
          && !declared.optional()
          && field != stream.timeField()
          && !misspelt.contains(name)) {
        shape(
            given.place(),
            "the event lacks '" + name + "', which stream '" + stream.name() + "' requires",
            "give it, or make the field optional with " + declared.type().word() + "?");
      }
    }
  }

  private static @Nullable Text textOf(Given given, String field) {
    Value value = given.fields().get(field);
    return value == null ? null : value.text();
  }

  private void checkTime(StreamSchema stream, Given given) {
    if (stream.timeField() < 0 || given.atMs() == null) {
      return;
    }
    String name = stream.field(stream.timeField()).name().value();
    Value own = given.fields().get(name);
    if (own != null && own.text() != null) {
      shape(
          own.name().place(),
          "the event says twice when it happens: '" + name + "' and 'at'",
          "remove one of them; at sets " + name);
    }
  }

  private void checkNumbered(StreamSchema stream, Given given) {
    IdDefinition id = stream.definition().id();
    if (given.times() == 1 || id.kind() != IdDefinition.Kind.FIELDS) {
      return;
    }
    List<Text> telling = new ArrayList<>(id.fields());
    telling.addAll(stream.definition().key());
    if (telling.stream().noneMatch(field -> differs(stream, given, field.value()))) {
      shape(
          given.place(),
          given.times() + " events with one id would be one event and its repetitions",
          "number the id: " + id.fields().get(0) + ": 'p{{n}}'");
    }
  }

  /** Whether a field has another value in each of the events. */
  private static boolean differs(StreamSchema stream, Given given, String name) {
    Text text = textOf(given, name);
    return text != null
        ? text.value().contains(TestEvents.COUNTER)
        : stream.find(name) == stream.timeField() && given.everyMs() > 0;
  }

  private void check(Expected expected) {
    Text outcome = expected.outcome();
    List<String> outcomes = definition.outcomes().stream().map(Text::value).toList();
    if (outcome != null && !outcomes.contains(outcome.value())) {
      unknown("outcome", outcome, outcomes);
    }
    List<Text> rules = expected.rules();
    if (rules != null) {
      rules.forEach(this::checkRule);
    }
    expected.features().values().forEach(this::checkFeature);
    checkAlerts(expected.alerts());
    checkAlerts(expected.resolves());
  }

  private void checkSilence(Text name) {
    Map<String, PatternDefinition> known = new LinkedHashMap<>();
    definition.patterns().forEach(each -> known.putIfAbsent(each.name().value(), each));
    PatternDefinition pattern = known.get(name.value());
    if (pattern == null) {
      known.values().removeIf(each -> !each.endsInSilence());
      unknown("pattern", name, known.keySet());
    } else if (!pattern.endsInSilence()) {
      shape(
          name.place(),
          "pattern '" + name + "' is completed by an event and not by silence",
          "expect it of that event: features: {matched." + name + ": false}");
    }
  }

  private void checkAlerts(@Nullable List<Text> names) {
    List<String> known =
        definition.alerts().stream().map(alert -> alert.name().value()).distinct().toList();
    for (Text name : names == null ? List.<Text>of() : names) {
      if (!known.contains(name.value())) {
        unknown("alert", name, known);
      }
    }
  }

  private void checkRule(Text id) {
    Map<String, RuleDefinition> known = new LinkedHashMap<>();
    definition.rules().forEach(rule -> known.putIfAbsent(rule.id().value(), rule));
    RuleDefinition rule = known.get(id.value());
    if (rule == null) {
      unknown("rule", id, known.keySet());
    } else if (rule.shadow()) {
      shape(
          id.place(),
          "rule '" + id + "' has mode: shadow and never decides",
          "take it out of the test, or make it live");
    }
  }

  private void checkTable(Value value) {
    String path = value.name().value();
    String table = Variable.tableIn(path);
    Variable variable = variables.get(path);
    Text text = value.text();
    if (variable != null) {
      if (text != null) {
        checkValue("column", path, variable.parts().get(0).type(), text, 1);
      }
      return;
    }
    List<String> declared = definition.tables().stream().map(TableDefinition::path).toList();
    List<String> columns =
        variables.keySet().stream().filter(name -> name.startsWith(table + ".")).toList();
    if (!declared.contains(table)) {
      unknown("table", new Text(table, value.name().place()), declared);
    } else if (variables.containsKey(table)) {
      unknown("column", value.name(), columns);
    }
  }

  private void checkFeature(Value value) {
    String path = value.name().value();
    if (Variable.isOfTable(path)) {
      checkTable(value);
      return;
    }
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Variable variable = variables.get(name);
    if (variable == null) {
      List<String> declared =
          definition.features().stream().map(FeatureDefinition::name).map(Text::value).toList();
      if (!declared.contains(name)) {
        unknown("feature", new Text(name, value.name().place()), declared);
      }
      return;
    }
    List<String> parts = variable.parts().stream().map(Variable.Part::name).toList();
    Optional<Variable.Part> part =
        variable.parts().stream()
            .filter(p -> dot < 0 ? p.name().isEmpty() : p.name().equals(path.substring(dot + 1)))
            .findFirst();
    Text text = value.text();
    if (part.isEmpty()) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          value.name().place(),
          variable.hasParts()
              ? "feature '" + name + "' is checked by its parts, found '" + path + "'"
              : "feature '" + name + "' has no parts, found '" + path + "'",
          variable.hasParts() ? "write " + name + "." + parts.get(0) : "write " + name);
    } else if (text != null) {
      checkValue("feature", path, part.get().type(), text, 1);
    }
  }
}
