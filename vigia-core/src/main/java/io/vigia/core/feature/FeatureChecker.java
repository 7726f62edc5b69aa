package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Variable;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a feature's definition against its stream, and finds the type of what it gives. */
public final class FeatureChecker {
  private final Map<String, StreamSchema> streams;
  private final Set<String> declared;
  private final Problems problems;

  /**
   * @param streams those in which nothing was found, by name
   * @param declared the names of all
   */
  public FeatureChecker(
      Map<String, StreamSchema> streams, Set<String> declared, Problems problems) {
    this.streams = streams;
    this.declared = declared;
    this.problems = problems;
  }

  /** The checked feature with its first slot, or null when something was found. */
  public @Nullable Feature check(FeatureDefinition definition, int slot) {
    StreamSchema stream = streams.get(definition.on().value());
    if (stream == null) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          definition.on().place(),
          "unknown stream '" + definition.on() + "'",
          Nearest.help(definition.on().value(), declared));
      return null;
    }
    int before = problems.errors();
    for (Text field : definition.by()) {
      find(stream, field);
    }
    unique(definition.by());
    unique(definition.arguments());
    List<FieldType> arguments = new ArrayList<>();
    for (Text argument : definition.arguments()) {
      int field = find(stream, argument);
      if (field >= 0) {
        arguments.add(stream.type(field));
      }
    }
    FeatureShape shape = new FeatureShape(definition, arguments);
    if (problems.errors() > before || !shape.check(problems)) {
      return null;
    }
    Variable variable =
        new Variable(definition.name().value(), shape.hasParts(), slot, shape.parts());
    return new Feature(definition, definition.by().stream().map(Text::value).toList(), variable);
  }

  private void unique(List<Text> fields) {
    Set<String> seen = new HashSet<>();
    for (Text field : fields) {
      if (!seen.add(field.value())) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            field.place(),
            "'" + field + "' is there twice",
            "remove one of them");
      }
    }
  }

  private int find(StreamSchema stream, Text field) {
    int found = stream.find(field.value());
    if (found < 0) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          field.place(),
          "stream '" + stream.name() + "' has no field '" + field + "'",
          Nearest.help(field.value(), stream.fieldNames()));
    }
    return found;
  }
}
