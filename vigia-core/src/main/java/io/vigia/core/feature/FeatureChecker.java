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
    if (problems.errors() > before || !checkShape(definition, arguments)) {
      return null;
    }
    Variable variable =
        new Variable(
            definition.name().value(), definition.several(), slot, parts(definition, arguments));
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

  private boolean checkShape(FeatureDefinition definition, List<FieldType> arguments) {
    Aggregation aggregation = definition.aggregation();
    boolean endless = definition.overMs() == FeatureDefinition.UNBOUNDED;
    if (aggregation == Aggregation.COUNT_DISTINCT && endless) {
      problems.add(
          ProblemCode.FEATURE_SHAPE,
          definition.name().place(),
          "count_distinct without a window would keep every value for ever",
          "add over, such as over: 1d");
      return false;
    }
    if (aggregation == Aggregation.PREVIOUS && definition.excludeCurrent()) {
      problems.add(
          ProblemCode.FEATURE_SHAPE,
          definition.name().place(),
          "previous always leaves the current event out",
          "remove exclude_current");
      return false;
    }
    if (arguments.isEmpty()) {
      return true;
    }
    FieldType type = arguments.get(0);
    Text argument = definition.arguments().get(0);
    boolean fits =
        switch (aggregation) {
          case SUM, MEAN -> type.isSummable();
          case MIN, MAX -> type.isOrdered();
          case COUNT, COUNT_DISTINCT, FIRST, LAST, PREVIOUS -> true;
        };
    if (!fits) {
      problems.add(
          ProblemCode.TYPE_MISMATCH,
          argument.place(),
          "cannot take the "
              + aggregation.word()
              + " of '"
              + argument
              + "', which is "
              + type.word(),
          aggregation == Aggregation.SUM || aggregation == Aggregation.MEAN
              ? "sum and mean take int, double or decimal; to count, use count: true with where"
              : "min and max take any type but bool");
    }
    return fits;
  }

  private static List<Variable.Part> parts(
      FeatureDefinition definition, List<FieldType> arguments) {
    Aggregation aggregation = definition.aggregation();
    if (!definition.several()) {
      return List.of(
          new Variable.Part(
              "", typeOf(aggregation, arguments.isEmpty() ? null : arguments.get(0))));
    }
    List<Variable.Part> parts = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      parts.add(new Variable.Part(definition.arguments().get(i).value(), arguments.get(i)));
    }
    return parts;
  }

  private static FieldType typeOf(Aggregation aggregation, @Nullable FieldType argument) {
    if (argument == null) {
      return FieldType.INT;
    }
    return switch (aggregation) {
      case COUNT, COUNT_DISTINCT -> FieldType.INT;
      case SUM, MIN, MAX, FIRST, LAST, PREVIOUS -> argument;
      case MEAN -> argument == FieldType.INT ? FieldType.DOUBLE : argument;
    };
  }
}
