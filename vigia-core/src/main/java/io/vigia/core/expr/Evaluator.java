package io.vigia.core.expr;

import static java.util.stream.Collectors.joining;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import io.vigia.core.event.Row;
import io.vigia.core.event.StreamSchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one compiled expression by CEL's own interpreter.
 *
 * <p>Immutable and safe for any number of threads.
 */
final class Evaluator {
  /*
   * Names are resolved to views over the row, so that only what is read is boxed. What is missing is given to
   * the interpreter as an unknown that carries its name; && and || absorb it as CEL defines. No exception is
   * thrown for it.
   */
  private final CelRuntime.Program program;
  private final @Nullable StreamSchema stream;
  private final Map<String, Variable> variables;
  private final Map<String, ValueList> lists;
  private final Map<String, Optional<Object>> missing = new HashMap<>();

  Evaluator(
      CelRuntime.Program program,
      @Nullable StreamSchema stream,
      Map<String, Variable> variables,
      Map<String, ValueList> lists) {
    this.program = program;
    this.stream = stream;
    this.variables = Map.copyOf(variables);
    this.lists = Map.copyOf(lists);
    // The columns of tables are told of by their path, as parts are.
    variables.keySet().stream()
        .filter(name -> !Variable.isOfTable(name))
        .forEach(
            name ->
                missing.put(name, Optional.of(CelUnknownSet.create(CelAttribute.create(name)))));
  }

  Answer test(Row row) {
    try {
      Object result = program.eval(resolver(row));
      return result instanceof CelUnknownSet unknown
          ? Answer.unknown(namesOf(unknown) + " is missing")
          : Answer.of(Boolean.TRUE.equals(result));
    } catch (CelEvaluationException e) {
      // The message may hold values of the event; the code says enough.
      return Answer.unknown(e.getErrorCode().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }

  @Nullable Object value(Row row) {
    try {
      Object result = program.eval(resolver(row));
      return result instanceof CelUnknownSet ? null : result;
    } catch (CelEvaluationException e) {
      return null;
    }
  }

  private CelVariableResolver resolver(Row row) {
    return name -> resolve(row, name);
  }

  private Optional<Object> resolve(Row row, String name) {
    return switch (name) {
      case Names.EVENT -> Optional.of(new Views.Parts(Names.EVENT, field -> fieldOf(row, field)));
      case Names.LISTS -> Optional.of(new Views.Parts(Names.LISTS, list -> listOf(row, list)));
      case Names.TABLES -> Optional.of(new Views.Tables(path -> valueOf(row, path)));
      case Names.NOW -> Optional.of(Instant.ofEpochMilli(row.event().timeMs()));
      default -> variable(row, name);
    };
  }

  private Optional<Object> variable(Row row, String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      return Optional.empty();
    }
    if (variable.hasParts()) {
      return Optional.of(new Views.Parts(name, part -> partOf(row, variable, part)));
    }
    Object value = valueOf(row, name);
    return value != null ? Optional.of(value) : missing.getOrDefault(name, Optional.empty());
  }

  private @Nullable Object valueOf(Row row, String name) {
    Variable variable = variables.get(name);
    return variable == null
        ? null
        : row.features().boxed(variable.slot(), variable.parts().get(0).type());
  }

  private @Nullable Object listOf(Row row, String name) {
    ValueList list = lists.get(name);
    return list == null ? null : new Views.Box(list, row);
  }

  private @Nullable Object fieldOf(Row row, String name) {
    int field = stream == null ? -1 : stream.find(name);
    return field < 0 || stream == null
        ? null
        : row.event().values().boxed(field, stream.type(field));
  }

  private static @Nullable Object partOf(Row row, Variable variable, String part) {
    int found = variable.find(part);
    if (found >= 0) {
      return row.features().boxed(variable.slot() + found, variable.parts().get(found).type());
    }
    return variable.isOuter(part)
        ? new Views.Parts(
            variable.name() + "." + part, inner -> partOf(row, variable, part + "." + inner))
        : null;
  }

  private static String namesOf(CelUnknownSet unknown) {
    return unknown.attributes().stream()
        .map(
            attribute ->
                attribute.qualifiers().stream()
                    .map(CelAttribute.Qualifier::asString)
                    .collect(joining(".")))
        .sorted()
        .collect(joining(", "));
  }
}
