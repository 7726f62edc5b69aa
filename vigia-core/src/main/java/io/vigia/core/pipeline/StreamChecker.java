package io.vigia.core.pipeline;

import io.vigia.core.event.FieldDefinition;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamDefinition;
import io.vigia.core.event.StreamDefinition.IdDefinition;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a stream says of its own fields: id, time and key. */
final class StreamChecker {
  /** More than any event that people understand. */
  private static final int FIELDS_MAX = 256;

  private final List<String> outcomes;
  private final Problems problems;

  /** Whether all fields exist that the stream names, each once. */
  private boolean sound = true;

  StreamChecker(List<String> outcomes, Problems problems) {
    this.outcomes = outcomes;
    this.problems = problems;
  }

  /**
   * Whether a schema can be made of the definition, so that what reads it can be checked as well.
   */
  boolean check(StreamDefinition stream) {
    sound = true;
    Map<String, FieldDefinition> fields = new HashMap<>();
    Set<String> incoming = new HashSet<>();
    for (FieldDefinition field : stream.fields()) {
      if (fields.put(field.name().value(), field) != null) {
        duplicate("field", field.name(), "rename one of them");
        sound = false;
      }
      if (!incoming.add(field.from())) {
        problems.add(
            ProblemCode.DUPLICATE_NAME,
            field.name().place(),
            "two fields are read from '" + field.from() + "'",
            "give each its own from");
      }
    }
    if (stream.fields().size() > FIELDS_MAX) {
      problems.add(
          ProblemCode.OVER_LIMIT,
          stream.name().place(),
          "stream '"
              + stream.name()
              + "' has "
              + stream.fields().size()
              + " fields, at most "
              + FIELDS_MAX
              + " are allowed",
          "leave out those that no rule reads");
    }
    checkKey(stream, fields);
    checkTime(stream, fields);
    if (stream.id().kind() == IdDefinition.Kind.FIELDS) {
      stream.id().fields().forEach(field -> required(stream, fields, field, "id"));
    }
    Text fallback = stream.decide().fallback();
    if (fallback != null && !outcomes.contains(fallback.value())) {
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          fallback.place(),
          "unknown outcome '" + fallback + "'",
          Nearest.help(fallback.value(), outcomes));
    } else if (fallback == null && !outcomes.contains(CompiledPipeline.DEFAULT_FALLBACK)) {
      problems.add(
          ProblemCode.MISSING_WORD,
          stream.name().place(),
          "stream '" + stream.name() + "' has no fallback, and 'review' is not among the outcomes",
          "add decide: {fallback: " + outcomes.get(outcomes.size() - 1) + "}");
    }
    return sound;
  }

  private void checkKey(StreamDefinition stream, Map<String, FieldDefinition> fields) {
    Set<String> seen = new HashSet<>();
    for (Text field : stream.key()) {
      if (seen.add(field.value())) {
        required(stream, fields, field, "key");
      } else {
        duplicate("key field", field, "remove one of them");
      }
    }
  }

  private void checkTime(StreamDefinition stream, Map<String, FieldDefinition> fields) {
    Text time = stream.time();
    if (time == null) {
      return;
    }
    FieldDefinition field = required(stream, fields, time, "time");
    if (field != null && field.type() != FieldType.TIMESTAMP) {
      problems.add(
          ProblemCode.TYPE_MISMATCH,
          time.place(),
          "time must be a timestamp, but '" + time + "' is " + field.type().word(),
          "declare it as timestamp, with its format if it is not ISO 8601");
    }
  }

  private @Nullable FieldDefinition required(
      StreamDefinition stream, Map<String, FieldDefinition> fields, Text name, String use) {
    FieldDefinition field = fields.get(name.value());
    if (field == null) {
      sound = false;
      problems.add(
          ProblemCode.UNKNOWN_NAME,
          name.place(),
          "stream '" + stream.name() + "' has no field '" + name + "'",
          Nearest.help(name.value(), fields.keySet()));
    } else if (field.optional()) {
      problems.add(
          ProblemCode.OPTIONAL_NOT_ALLOWED,
          name.place(),
          "'" + name + "' is part of the " + use + " and cannot be optional",
          "remove the ? from its type, or choose another field");
    }
    return field;
  }

  private void duplicate(String what, Text name, String help) {
    problems.add(
        ProblemCode.DUPLICATE_NAME, name.place(), what + " '" + name + "' is there twice", help);
  }
}
