package io.vigia.core.feature;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.Unreadable;
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

/**
 * Checks a feature's definition against its stream and the features it reads, and finds the type of
 * what it gives.
 */
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

  /** The other features, as far as they have been checked. */
  public interface Others {
    /** The feature of a name, or null where there is none that events of the stream have. */
    @Nullable Feature find(String name);

    /** A column of a table, or null where there is none that events of the stream have. */
    @Nullable Source column(String path);

    /** Why a feature or column that exists cannot be read, or null. */
    @Nullable Unreadable whyUnreadable(String name);
  }

  /**
   * The checked feature with its first slot, or null when something was found.
   *
   * @param conditionsLayer the lowest layer in which its conditions are known
   */
  public @Nullable Feature check(
      FeatureDefinition definition, int slot, Others others, int conditionsLayer) {
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
    List<String> entity = definition.by().stream().map(Text::value).toList();
    List<Source> arguments = new ArrayList<>();
    boolean told = false;
    for (Text argument : definition.arguments()) {
      Source source = source(stream, definition, argument, entity, others);
      told |= source == null;
      if (source != null) {
        arguments.add(source);
      }
    }
    FeatureShape shape =
        new FeatureShape(
            definition,
            arguments.stream().map(Source::type).toList(),
            stream.definition().maxEvents());
    if (told || problems.errors() > before || !shape.check(problems)) {
      return null;
    }
    Variable variable =
        new Variable(definition.name().value(), shape.hasParts(), slot, shape.parts());
    int layer = arguments.stream().mapToInt(Source::layer).reduce(conditionsLayer, Math::max);
    return new Feature(definition, entity, variable, arguments, layer);
  }

  /** Where an argument comes from: a field of the stream, else another feature; null when told. */
  private @Nullable Source source(
      StreamSchema stream,
      FeatureDefinition definition,
      Text argument,
      List<String> entity,
      Others others) {
    int field = stream.find(argument.value());
    if (field >= 0) {
      return Source.field(field, stream.type(field), stream.field(field).optional());
    }
    String name = Variable.nameIn(argument.value());
    if (Variable.isOfTable(name)) {
      return column(stream, definition, argument, others);
    }
    Feature other = others.find(name);
    if (other == null) {
      return notFound(stream, argument, others.whyUnreadable(name));
    }
    Variable variable = other.variable();
    String part =
        argument.value().substring(Math.min(argument.value().length(), name.length() + 1));
    int found = variable.find(part);
    if (found < 0) {
      return wrongPart(argument, variable);
    }
    if (definition.several() && !part.isEmpty()) {
      problems.add(
          ProblemCode.FEATURE_SHAPE,
          argument.place(),
          "'" + argument + "' is a part of a feature, which cannot be one of several values",
          "give it a feature of its own");
      return null;
    }
    return Source.feature(
        variable.slot() + found, variable.parts().get(found).type(), other.knownFrom(entity));
  }

  private @Nullable Source column(
      StreamSchema stream, FeatureDefinition definition, Text argument, Others others) {
    Source column = others.column(argument.value());
    if (column == null) {
      return notFound(stream, argument, others.whyUnreadable(argument.value()));
    }
    if (definition.several()) {
      problems.add(
          ProblemCode.FEATURE_SHAPE,
          argument.place(),
          "'" + argument + "' is a column of a table, which cannot be one of several values",
          "give it a feature of its own");
      return null;
    }
    return column;
  }

  private @Nullable Source notFound(
      StreamSchema stream, Text argument, @Nullable Unreadable because) {
    if (because == null) {
      find(stream, argument);
    } else if (!because.isTold()) {
      problems.add(
          because.code(),
          argument.place(),
          "'" + Variable.nameIn(argument.value()) + "' " + because.because(),
          because.help());
    }
    return null;
  }

  private @Nullable Source wrongPart(Text argument, Variable variable) {
    List<String> parts =
        variable.parts().stream().map(part -> variable.name() + "." + part.name()).toList();
    problems.add(
        ProblemCode.UNKNOWN_NAME,
        argument.place(),
        variable.hasParts()
            ? "feature '" + variable.name() + "' has parts, and '" + argument + "' is none"
            : "feature '" + variable.name() + "' has no parts",
        variable.hasParts() ? "write " + String.join(" or ", parts) : "write " + variable.name());
    return null;
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
