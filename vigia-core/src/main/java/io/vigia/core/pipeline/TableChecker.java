package io.vigia.core.pipeline;

import io.vigia.core.event.StreamSchema;
import io.vigia.core.feature.TableDefinition;
import io.vigia.core.problem.Nearest;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks a table against its stream, and against those whose events are judged by its rows. */
final class TableChecker {
  private final Map<String, StreamSchema> streams;
  private final Set<String> declared;
  private final EntityKeys keys;
  private final Problems problems;

  /**
   * @param streams those in which nothing was found, by name
   * @param declared the names of all
   */
  TableChecker(
      Map<String, StreamSchema> streams, Set<String> declared, EntityKeys keys, Problems problems) {
    this.streams = streams;
    this.declared = declared;
    this.keys = keys;
    this.problems = problems;
  }

  /** The stream of a table in which nothing was found, or null. */
  @Nullable StreamSchema check(TableDefinition table) {
    StreamSchema stream = streams.get(table.on().value());
    if (stream == null) {
      // A stream that was refused has been told of already.
      if (!declared.contains(table.on().value())) {
        unknown("unknown stream '" + table.on() + "'", table.on(), declared);
      }
      return null;
    }
    int before = problems.errors();
    checkFields(stream, table.key());
    checkFields(stream, table.columns());
    unique(table.by());
    if (!table.by().isEmpty() && table.by().size() != table.key().size()) {
      problems.add(
          ProblemCode.TABLE_SHAPE,
          table.by().get(0).place(),
          "table '%s' has %s in its key and %s in by"
              .formatted(table.name(), fields(table.key().size()), fields(table.by().size())),
          "name for each field of the key the one that holds it in other events");
    }
    if (problems.errors() == before) {
      checkReaders(table, stream);
    }
    return problems.errors() == before ? stream : null;
  }

  private static String fields(int count) {
    return count == 1 ? "one field" : count + " fields";
  }

  private void checkReaders(TableDefinition table, StreamSchema stream) {
    List<String> entity = table.readBy().stream().map(Text::value).toList();
    boolean renamed = !entity.equals(table.key().stream().map(Text::value).toList());
    if (renamed && StagePlanner.visits(stream, entity)) {
      problems.add(
          ProblemCode.TABLE_SHAPE,
          table.by().get(0).place(),
          "stream '%s' has a field '%s' of its own, so that its events would name two rows"
              .formatted(stream.name(), entity.get(0)),
          "rename the field in one of the streams with from");
      return;
    }
    boolean read = false;
    for (StreamSchema other : streams.values()) {
      if (!other.equals(stream) && StagePlanner.visits(other, entity)) {
        read = true;
        checkTypes(table, stream, other);
      }
    }
    if (renamed && !read) {
      Set<String> known = new TreeSet<>();
      streams.values().forEach(other -> known.addAll(other.fieldNames()));
      unknown(
          "no other stream has "
              + (entity.size() == 1
                  ? "a field '" + entity.get(0) + "'"
                  : "the fields " + String.join(", ", entity)),
          table.by().get(0),
          known);
    }
    if (!keys.add(table)) {
      problems.add(
          ProblemCode.TABLE_SHAPE,
          table.name().place(),
          "another table has rows of '%s' by %s under another key"
              .formatted(stream.name(), String.join(", ", entity)),
          "give both tables the same key");
    }
  }

  private void checkTypes(TableDefinition table, StreamSchema stream, StreamSchema other) {
    for (int i = 0; i < table.key().size(); i++) {
      int own = stream.position(table.key().get(i).value());
      int there = other.position(table.readBy().get(i).value());
      if (stream.type(own) != other.type(there)) {
        problems.add(
            ProblemCode.TYPE_MISMATCH,
            table.readBy().get(i).place(),
            "the key '%s' is %s in stream '%s', and '%s' is %s in stream '%s'"
                .formatted(
                    table.key().get(i),
                    stream.type(own).word(),
                    stream.name(),
                    table.readBy().get(i),
                    other.type(there).word(),
                    other.name()),
            "give both one type, or the field another name where it is something else");
      }
    }
  }

  private void checkFields(StreamSchema stream, List<Text> fields) {
    for (Text field : fields) {
      if (stream.find(field.value()) < 0) {
        unknown(
            "stream '" + stream.name() + "' has no field '" + field + "'",
            field,
            stream.fieldNames());
      }
    }
    unique(fields);
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

  private void unknown(String found, Text name, Set<String> known) {
    problems.add(ProblemCode.UNKNOWN_NAME, name.place(), found, Nearest.help(name.value(), known));
  }
}
