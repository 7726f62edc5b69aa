package io.vigia.core.pipeline;

import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.event.TextValue;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that tests can be run as they are written. */
final class TestChecker {
  private final Map<String, StreamSchema> streams;
  private final Collection<String> outcomes;
  private final Problems problems;

  TestChecker(Map<String, StreamSchema> streams, Collection<String> outcomes, Problems problems) {
    this.streams = streams;
    this.outcomes = outcomes;
    this.problems = problems;
  }

  void check(List<TestDefinition> tests) {
    for (TestDefinition test : tests) {
      test.given().forEach(this::check);
      test.expect().values().forEach(this::check);
    }
  }

  private void check(TestDefinition.Given given) {
    StreamSchema stream = streams.get(given.stream().value());
    if (stream == null) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          given.stream().place(),
          "unknown stream '" + given.stream() + "'",
          Nearest.help(given.stream().value(), streams.keySet()));
      return;
    }
    given
        .fields()
        .forEach(
            (name, text) -> {
              int field = stream.find(name);
              if (field < 0) {
                problems.add(
                    ProblemCode.UNKNOWN_NAME,
                    text == null ? given.place() : text.place(),
                    "stream '" + stream.name() + "' has no field '" + name + "'",
                    Nearest.help(name, stream.fieldNames()));
              } else if (text != null) {
                checkValue(stream, field, text);
              }
            });
    checkComplete(stream, given);
  }

  private void checkValue(StreamSchema stream, int field, Text text) {
    String value = text.value().replace(TestEvents.COUNTER, "1");
    if (TextValue.parse(stream.type(field), value) == null) {
      problems.add(
          ProblemCode.BAD_VALUE,
          text.place(),
          "'" + text + "' is not " + stream.type(field).word(),
          "write it as " + TextValue.example(stream.type(field)));
    }
  }

  private void checkComplete(StreamSchema stream, TestDefinition.Given given) {
    for (int field = 0; field < stream.size(); field++) {
      FieldDefinition definition = stream.field(field);
      String name = definition.name().value();
      boolean given0 = given.fields().containsKey(name) && given.fields().get(name) != null;
      if (!given0 && !definition.optional() && field != stream.timeField()) {
        problems.add(
            ProblemCode.TEST_SHAPE,
            given.place(),
            "the event lacks '" + name + "', which stream '" + stream.name() + "' requires",
            "give it, or make the field optional with " + definition.type().word() + "?");
      }
    }
    boolean counted =
        given.fields().values().stream()
            .anyMatch(text -> text != null && text.value().contains(TestEvents.COUNTER));
    if (given.times() > 1
        && !counted
        && stream.definition().id().kind() == IdDefinition.Kind.FIELDS) {
      problems.add(
          ProblemCode.TEST_SHAPE,
          given.place(),
          given.times() + " events with one id would be one event and its repetitions",
          "number the id, such as 'p{{n}}'");
    }
  }

  private void check(TestDefinition.Expected expected) {
    @Nullable Text outcome = expected.outcome();
    if (outcome != null && !outcomes.contains(outcome.value())) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          outcome.place(),
          "unknown outcome '" + outcome + "'",
          Nearest.help(outcome.value(), outcomes));
    }
  }
}
