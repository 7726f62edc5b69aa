package io.vigia.benchmarks.conformance;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.vigia.benchmarks.conformance.TextProto.Message;
import io.vigia.benchmarks.payments.PipelineText;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.Answer;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.CompiledValue;
import io.vigia.core.expr.ExpressionCompiler;
import io.vigia.core.expr.Variable;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Place;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds Vigia's expressions against one of CEL's tests.
 *
 * <p><b>Shape.</b> Variables of the test become variables of a row. An expected error is met by an
 * expression that is refused when it is read, or whose value is missing. A list that is expected is
 * compared by the language's own {@code ==}, since expressions of pipelines give single values.
 */
final class Conformance {
  private static final CompiledPipeline ANY =
      PipelineText.compile(
          "any.yaml",
          """
          vigia: 1
          pipeline: any
          streams:
            any: {id: line, key: name, fields: {name: string}}
          rules:
            - {id: any, on: any, when: 'event.name == "x"', outcome: review}
          """
              .getBytes(StandardCharsets.UTF_8));

  private Conformance() {}

  /** What became of a test: passed, outside the profile for a reason, or failed. */
  sealed interface Outcome {
    /** As CEL has it. */
    record Passed() implements Outcome {}

    /** Not part of the language. */
    record Outside(String reason) implements Outcome {}

    /** Part of the language, and different. */
    record Failed(String expected, String found) implements Outcome {}
  }

  /** Runs one test. */
  static Outcome run(ConformanceCase test) {
    Optional<String> outside = Profile.outside(test);
    if (outside.isPresent()) {
      return new Outcome.Outside(outside.get());
    }
    List<Variable> variables = variables(test);
    CelCompiler cel = celOf(variables);
    CelValidationResult parsed = cel.parse(test.expression());
    try {
      // What does not parse or check is for Vigia to refuse, unless it ought to have a value.
      boolean isList = false;
      if (!parsed.hasError()) {
        CelValidationResult checked = cel.check(parsed.getAst());
        outside = Profile.outside(test, checked.hasError() ? parsed.getAst() : checked.getAst());
        isList = !checked.hasError() && checked.getAst().getResultType() instanceof ListType;
      }
      if (outside.isPresent()) {
        return new Outcome.Outside(outside.get());
      }
      Message value = test.value();
      return value == null
          ? ofError(test, variables, isList)
          : ofValue(test, variables, Objects.requireNonNull(CelValues.of(value)));
    } catch (CelValidationException e) {
      throw new IllegalStateException(test.name(), e);
    }
  }

  private static CelCompiler celOf(List<Variable> variables) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    variables.forEach(each -> builder.addVar(each.name(), typeOf(each.parts().get(0).type())));
    return builder.build();
  }

  private static CelType typeOf(FieldType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case BOOL -> SimpleType.BOOL;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DECIMAL -> throw new IllegalArgumentException("CEL has no decimal");
    };
  }

  private static List<Variable> variables(ConformanceCase test) {
    List<Variable> variables = new ArrayList<>();
    test.bindings()
        .forEach(
            (name, value) -> {
              Object known = Objects.requireNonNull(CelValues.of(value));
              FieldType type = Objects.requireNonNull(CelValues.typeOf(known));
              variables.add(Variable.plain(name, type, variables.size()));
            });
    return variables;
  }

  private static Row row(ConformanceCase test) {
    Event event = new Event(ANY.streams().get(0), "e", "k", 0, new Slots(1), 0, 0, 0);
    List<Message> values = List.copyOf(test.bindings().values());
    Row row = new Row(event, new Slots(values.size()), 1, null);
    for (int slot = 0; slot < values.size(); slot++) {
      set(row.features(), slot, Objects.requireNonNull(CelValues.of(values.get(slot))));
    }
    return row;
  }

  private static void set(Slots slots, int slot, Object value) {
    if (value instanceof Long number) {
      slots.setNumber(slot, number);
    } else if (value instanceof Double real) {
      slots.setReal(slot, real);
    } else if (value instanceof Boolean bool) {
      slots.setNumber(slot, bool ? 1 : 0);
    } else if (value instanceof Instant time) {
      slots.setNumber(slot, time.toEpochMilli());
    } else {
      slots.setObject(slot, value);
    }
  }

  private static Outcome ofError(ConformanceCase test, List<Variable> variables, boolean isList) {
    String expression = isList ? "size(" + test.expression() + ")" : test.expression();
    Problems problems = new Problems();
    Optional<CompiledValue> compiled =
        new ExpressionCompiler(null, variables, ImmutableList.of(), Map.of())
            .value(textOf(expression), problems);
    Object found = compiled.isEmpty() ? null : compiled.get().of(row(test));
    return found == null
        ? new Outcome.Passed()
        : new Outcome.Failed("an error", CelValues.literal(found));
  }

  private static Outcome ofValue(ConformanceCase test, List<Variable> variables, Object expected) {
    ExpressionCompiler compiler =
        new ExpressionCompiler(null, variables, ImmutableList.of(), Map.of());
    Problems problems = new Problems();
    Row row = row(test);
    if (expected instanceof List<?>) {
      String equality = "(" + test.expression() + ") == " + CelValues.literal(expected);
      Optional<CompiledCondition> condition = compiler.condition(textOf(equality), problems);
      return condition.isPresent()
          ? outcome(true, truth(condition.get().test(row)))
          : refused(expected, problems);
    }
    Optional<CompiledValue> compiled = compiler.value(textOf(test.expression()), problems);
    if (compiled.isEmpty()) {
      return refused(expected, problems);
    }
    Outcome outcome = outcome(expected, compiled.get().of(row));
    if (expected instanceof Boolean && outcome instanceof Outcome.Passed) {
      Optional<CompiledCondition> condition =
          compiler.condition(textOf(test.expression()), problems);
      return condition.isPresent()
          ? outcome(expected, truth(condition.get().test(row)))
          : refused(expected, problems);
    }
    return outcome;
  }

  private static Text textOf(String expression) {
    return new Text(expression, Place.of("conformance"));
  }

  private static @Nullable Object truth(Answer answer) {
    return answer.isUnknown() ? null : (Object) answer.isTrue();
  }

  private static Outcome refused(Object expected, Problems problems) {
    return new Outcome.Failed(
        CelValues.literal(expected), "refused: " + problems.sorted().get(0).message());
  }

  private static Outcome outcome(Object expected, @Nullable Object found) {
    if (found instanceof BigDecimal) {
      return new Outcome.Failed(CelValues.literal(expected), "the decimal " + found);
    }
    return expected.equals(found)
            // The two zeros are one value to CEL.
            || (expected instanceof Double real
                && found instanceof Double other
                && real - other == 0)
        ? new Outcome.Passed()
        : new Outcome.Failed(
            CelValues.literal(expected), found == null ? "no value" : CelValues.literal(found));
  }
}
