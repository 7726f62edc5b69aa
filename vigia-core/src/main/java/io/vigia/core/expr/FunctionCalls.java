package io.vigia.core.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Translates calls of named functions. */
final class FunctionCalls {
  private final Translator translator;
  private final Operations operations;
  private final SourceWriter out;

  FunctionCalls(Translator translator, Operations operations, SourceWriter out) {
    this.translator = translator;
    this.operations = operations;
    this.out = out;
  }

  Code translate(CelExpr expr, CelCall call) {
    Code folded = folded(expr, call);
    if (folded != null) {
      return folded;
    }
    LibraryFunction ours = Library.find(translator.ast(), expr);
    if (ours != null) {
      return library(ours, Library.arguments(call));
    }
    List<Code> args = new ArrayList<>();
    call.target().ifPresent(target -> args.add(translator.translate(target)));
    if (call.function().equals("matches")) {
      return matches(args.get(0), call.args().get(0));
    }
    if (call.function().startsWith("get")) {
      return partOfTime(call, args.get(0));
    }
    call.args().forEach(arg -> args.add(translator.translate(arg)));
    Code first = args.get(0);
    return switch (call.function()) {
      case "size" -> size(first);
      case "contains", "startsWith", "endsWith" -> text(call.function(), first, args.get(1));
      case "int" -> toInt(first);
      case "double" -> toDouble(first);
      case "string" -> toText(first);
      case "decimal" -> toDecimal(first);
      case "bool" -> same(Kind.BOOL, first);
      case "timestamp" -> same(Kind.TIME, first);
      case "duration" -> same(Kind.DURATION, first);
      default -> throw new NotCompiledException("the function " + call.function());
    };
  }

  private Code library(LibraryFunction function, List<CelExpr> arguments) {
    List<String> passed = new ArrayList<>();
    List<Code> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Parameter parameter = function.parameters().get(i);
      CelExpr argument = arguments.get(i);
      if (parameter.isRead()) {
        passed.add(read(parameter, argument));
        continue;
      }
      Code operand = translator.translate(argument);
      if (operand.kind() != parameter.kind()) {
        throw new NotCompiledException("a " + operand.kind() + " for a " + parameter);
      }
      passed.add(parameter.passed(operand, operations::decimal));
      operands.add(operand);
    }
    Kind result = function.result().kind();
    if (result == null) {
      throw new NotCompiledException("a list that is made");
    }
    return operations.with(result, function.call(passed), operands.toArray(Code[]::new));
  }

  /** A text that stands for something else, read once. */
  private String read(Parameter parameter, CelExpr text) {
    if (text.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      throw new NotCompiledException("a text that is computed");
    }
    try {
      Object value = parameter.read(text.constant().stringValue());
      return out.constant(parameter.javaType().getName(), value);
    } catch (CelRuntimeException e) {
      throw new NotCompiledException("a text that fails");
    }
  }

  /** A call of a literal alone, such as {@code decimal("2.50")}, is computed once. */
  private @Nullable Code folded(CelExpr expr, CelCall call) {
    boolean literal =
        call.target().isEmpty()
            && call.args().size() == 1
            && call.args().get(0).getKind() == CelExpr.ExprKind.Kind.CONSTANT;
    if (!literal) {
      return null;
    }
    try {
      Object value =
          ExpressionCompiler.RUNTIME
              .createProgram(CelAbstractSyntaxTree.newParsedAst(expr, translator.ast().getSource()))
              .eval();
      return literalOf(value);
    } catch (CelEvaluationException e) {
      throw new NotCompiledException("a literal that fails");
    }
  }

  private @Nullable Code literalOf(Object value) {
    if (value instanceof Instant time) {
      return time.truncatedTo(ChronoUnit.MILLIS).equals(time)
          ? operations.literal(Kind.TIME, time.toEpochMilli())
          : fine();
    }
    if (value instanceof Duration duration) {
      return duration.truncatedTo(ChronoUnit.MILLIS).equals(duration)
          ? operations.literal(Kind.DURATION, duration.toMillis())
          : fine();
    }
    if (value instanceof BigDecimal) {
      return operations.literal(Kind.DECIMAL, value);
    }
    if (value instanceof Long) {
      return operations.literal(Kind.INT, value);
    }
    if (value instanceof Double) {
      return operations.literal(Kind.DOUBLE, value);
    }
    return value instanceof String ? operations.literal(Kind.STRING, value) : null;
  }

  private static Code fine() {
    throw new NotCompiledException("less than a millisecond");
  }

  private Code matches(Code text, CelExpr pattern) {
    if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      throw new NotCompiledException("a pattern that is computed");
    }
    try {
      String constant =
          out.constant(
              "com.google.re2j.Pattern", Pattern.compile(pattern.constant().stringValue()));
      return operations.with(Kind.BOOL, constant + ".matcher(" + text.text() + ").find()", text);
    } catch (PatternSyntaxException e) {
      throw new NotCompiledException("a pattern that fails");
    }
  }

  private Code partOfTime(CelCall call, Code time) {
    if (time.kind() == Kind.DURATION && call.args().isEmpty()) {
      return operations.with(
          Kind.INT, "Calls." + name(call) + "OfDuration(" + time.text() + ")", time);
    }
    if (time.kind() != Kind.TIME) {
      throw new NotCompiledException("a part of a " + time.kind());
    }
    String zone = "java.time.ZoneOffset.UTC";
    if (!call.args().isEmpty()) {
      zone = out.constant("java.time.ZoneId", zone(call.args().get(0)));
    }
    return operations.with(
        Kind.INT, "Calls." + name(call) + "(" + time.text() + ", " + zone + ")", time);
  }

  /** {@code getDayOfWeek} is {@code dayOfWeek} among the calls. */
  private static String name(CelCall call) {
    String name = call.function().substring("get".length());
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static ZoneId zone(CelExpr name) {
    try {
      if (name.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
        return ZoneId.of(name.constant().stringValue());
      }
    } catch (DateTimeException e) {
      // the interpreter knows more spellings
    }
    throw new NotCompiledException("a time zone");
  }

  private Code size(Code of) {
    return switch (of.kind()) {
      case STRING -> operations.with(Kind.INT, "Calls.size(" + of.text() + ")", of);
      case LIST -> operations.with(Kind.INT, "((long) " + of.text() + ".size())", of);
      default -> throw new NotCompiledException("the size of a " + of.kind());
    };
  }

  private Code text(String function, Code text, Code part) {
    if (text.kind() != Kind.STRING || part.kind() != Kind.STRING) {
      throw new NotCompiledException("a text");
    }
    return operations.with(
        Kind.BOOL, text.text() + "." + function + "(" + part.text() + ")", text, part);
  }

  private Code toInt(Code of) {
    return switch (of.kind()) {
      case INT -> of;
      case DOUBLE, DECIMAL -> operations.with(Kind.INT, "Calls.toInt(" + of.text() + ")", of);
      case TIME -> operations.with(Kind.INT, "Math.floorDiv(" + of.text() + ", 1000L)", of);
      default -> throw new NotCompiledException("an int from a " + of.kind());
    };
  }

  private Code toDouble(Code of) {
    return switch (of.kind()) {
      case DOUBLE -> of;
      case INT -> operations.with(Kind.DOUBLE, "((double) " + of.text() + ")", of);
      case DECIMAL -> operations.with(Kind.DOUBLE, of.text() + ".doubleValue()", of);
      default -> throw new NotCompiledException("a double from a " + of.kind());
    };
  }

  private Code toText(Code of) {
    return switch (of.kind()) {
      case STRING -> of;
      case INT -> operations.with(Kind.STRING, "Long.toString(" + of.text() + ")", of);
      case BOOL -> operations.with(Kind.STRING, "Boolean.toString(" + of.text() + ")", of);
      case DECIMAL -> operations.with(Kind.STRING, of.text() + ".toPlainString()", of);
      default -> throw new NotCompiledException("a text from a " + of.kind());
    };
  }

  private Code toDecimal(Code of) {
    if (of.kind() == Kind.STRING) {
      return operations.with(Kind.DECIMAL, "Calls.decimal(" + of.text() + ")", of);
    }
    return operations.with(Kind.DECIMAL, operations.decimal(of), of);
  }

  private static Code same(Kind kind, Code of) {
    if (of.kind() != kind) {
      throw new NotCompiledException("a " + kind + " from a " + of.kind());
    }
    return of;
  }
}
