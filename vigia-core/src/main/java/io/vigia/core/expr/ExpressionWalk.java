package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a checked expression: what it reads, and what would fail whenever it is evaluated,
 * such as a pattern or a duration that does not parse.
 */
final class ExpressionWalk {
  private final Text text;
  private final CelAbstractSyntaxTree ast;
  private final CelRuntime runtime;
  private final Problems problems;
  private final Set<String> reads = new LinkedHashSet<>();

  ExpressionWalk(Text text, CelAbstractSyntaxTree ast, CelRuntime runtime, Problems problems) {
    this.text = text;
    this.ast = ast;
    this.runtime = runtime;
    this.problems = problems;
  }

  /** Walks the whole expression and returns the names that it reads. */
  Set<String> walk() {
    walk(ast.getExpr(), Set.of());
    return reads;
  }

  private void walk(CelExpr expr, Set<String> locals) {
    switch (expr.getKind()) {
      case IDENT -> {
        if (!locals.contains(nameOf(expr))) {
          read(expr, false);
        }
      }
      case SELECT -> {
        CelExpr operand = expr.select().operand();
        if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT && !locals.contains(nameOf(operand))) {
          read(operand, true);
        } else {
          walk(operand, locals);
        }
      }
      case CALL -> {
        CelCall call = expr.call();
        call.target().ifPresent(target -> walk(target, locals));
        call.args().forEach(argument -> walk(argument, locals));
        checkLiteral(expr, call);
      }
      case LIST -> expr.list().elements().forEach(element -> walk(element, locals));
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  entry -> {
                    walk(entry.key(), locals);
                    walk(entry.value(), locals);
                  });
      case COMPREHENSION -> walkLoop(expr.comprehension(), locals);
      default -> {}
    }
  }

  private void walkLoop(CelComprehension loop, Set<String> locals) {
    walk(loop.iterRange(), locals);
    walk(loop.accuInit(), locals);
    Set<String> inner = new LinkedHashSet<>(locals);
    inner.add(loop.accuVar());
    walk(loop.result(), Set.copyOf(inner));
    inner.add(loop.iterVar());
    if (!loop.iterVar2().isEmpty()) {
      inner.add(loop.iterVar2());
    }
    walk(loop.loopCondition(), inner);
    walk(loop.loopStep(), inner);
  }

  private void read(CelExpr ident, boolean selected) {
    String name = nameOf(ident);
    CelType type = ast.getType(ident.id()).orElse(SimpleType.DYN);
    if (!selected && type.kind() == CelKind.STRUCT) {
      problem(
          ident, "'" + name + "' has parts and is no value itself", "write " + name + ".<part>");
    }
    reads.add(name);
  }

  private static String nameOf(CelExpr ident) {
    String name = ident.ident().name();
    return name.startsWith(".") ? name.substring(1) : name;
  }

  /** Runs a call that hangs on a literal alone, so that it is told now and not in production. */
  private void checkLiteral(CelExpr expr, CelCall call) {
    List<CelExpr> arguments = call.args();
    if (arguments.size() != 1
        || arguments.get(0).getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || arguments.get(0).constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return;
    }
    CelExpr trial = trialOf(expr, call);
    if (trial == null) {
      return;
    }
    try {
      runtime.createProgram(CelAbstractSyntaxTree.newParsedAst(trial, ast.getSource())).eval();
    } catch (CelEvaluationException e) {
      problem(
          arguments.get(0),
          "'" + arguments.get(0).constant().stringValue() + "' is not " + kindOf(call.function()),
          helpOf(call.function()));
    }
  }

  private static @Nullable CelExpr trialOf(CelExpr expr, CelCall call) {
    return switch (call.function()) {
      case "decimal", "timestamp", "duration", "int", "double" -> expr;
      case "matches" ->
          CelExpr.ofCall(
              1,
              Optional.of(CelExpr.ofConstant(2, CelConstant.ofValue(""))),
              "matches",
              call.args());
      default ->
          call.function().startsWith("get")
              ? CelExpr.ofCall(1, Optional.of(EPOCH), call.function(), call.args())
              : null;
    };
  }

  private static final CelExpr EPOCH =
      CelExpr.ofCall(
          3,
          Optional.empty(),
          "timestamp",
          com.google.common.collect.ImmutableList.of(
              CelExpr.ofConstant(4, CelConstant.ofValue("1970-01-01T00:00:00Z"))));

  private static String kindOf(String function) {
    return switch (function) {
      case "decimal" -> "a decimal";
      case "timestamp" -> "a time";
      case "duration" -> "a duration";
      case "int" -> "an int";
      case "double" -> "a double";
      case "matches" -> "a pattern";
      default -> "a time zone";
    };
  }

  private static String helpOf(String function) {
    return switch (function) {
      case "decimal" -> "write it as \"19.99\"";
      case "timestamp" -> "write it as \"2026-01-31T12:00:00Z\"";
      case "duration" -> "write it as \"90s\", \"30m\" or \"1h30m\"";
      case "int" -> "write the number without quotes";
      case "double" -> "write the number without quotes";
      case "matches" -> "patterns are those of RE2";
      default -> "write it as \"Europe/Madrid\" or \"+02:00\"";
    };
  }

  private void problem(CelExpr at, String message, String help) {
    CelSourceLocation location =
        ast.getSource()
            .getOffsetLocation(ast.getSource().getPositionsMap().getOrDefault(at.id(), 0))
            .orElse(CelSourceLocation.of(1, 0));
    problems.add(
        ProblemCode.EXPR_TYPE,
        text.at(location.getLine() - 1, location.getColumn()),
        message,
        help);
  }
}
