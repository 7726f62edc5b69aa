package io.vigia.core.expr;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
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
  private final CelAbstractSyntaxTree ast;
  private final ExpressionPlaces places;
  private final Names names;
  private final CelRuntime runtime;
  private final Problems problems;
  private final LoopTurns loopTurns;
  private final Set<String> reads = new LinkedHashSet<>();
  private int loops;

  ExpressionWalk(
      ExpressionText text,
      CelAbstractSyntaxTree ast,
      Names names,
      CelRuntime runtime,
      LoopTurns loopTurns,
      Problems problems) {
    this.ast = ast;
    this.places = new ExpressionPlaces(text, ast);
    this.names = names;
    this.runtime = runtime;
    this.loopTurns = loopTurns;
    this.problems = problems;
  }

  /** Walks the whole expression and returns the names that it reads. */
  Set<String> walk() {
    walk(ast.getExpr(), Set.of());
    return reads;
  }

  /** Checks that the whole expression gives one of these types. */
  void checkResult(Set<CelType> results) {
    CelType type = ast.getResultType();
    boolean told = type.kind() == CelKind.STRUCT;
    if (!told && !results.contains(type)) {
      problems.add(
          ProblemCode.EXPR_RESULT,
          places.place(Math.max(0, places.start(ast.getExpr()))),
          "one value is wanted here, this gives " + Operand.typeWord(type.name()),
          type.kind() == CelKind.LIST ? "how many there are is size(x)" : "");
    }
  }

  private void walk(CelExpr expr, Set<String> locals) {
    switch (expr.getKind()) {
      case IDENT -> {
        if (!locals.contains(nameOf(expr))) {
          read(expr, false);
        }
      }
      case SELECT -> {
        String path = Operand.path(expr);
        if (path != null && Variable.isOfTable(path) && !locals.contains(Names.TABLES)) {
          readTable(expr, path);
          return;
        }
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
        checkTexts(expr, call);
        checkDivisor(call);
      }
      case LIST -> {
        expr.list().elements().forEach(element -> walk(element, locals));
        checkElements(expr);
      }
      case CONSTANT -> checkNumber(expr);
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  entry -> {
                    walk(entry.key(), locals);
                    walk(entry.value(), locals);
                  });
      case COMPREHENSION -> {
        if (loops++ == 0) {
          checkTurns(expr);
        }
        walkLoop(expr.comprehension(), locals);
        loops--;
      }
      default -> {}
    }
  }

  private void checkTurns(CelExpr loop) {
    long turns = loopTurns.of(loop.comprehension());
    if (turns > ExpressionCompiler.ITERATIONS_MAX) {
      problems.add(
          ProblemCode.EXPR_LIMIT,
          places.place(Math.max(0, places.start(loop))),
          "a loop of "
              + (turns == Integer.MAX_VALUE ? "far too many" : turns)
              + " turns, at most "
              + ExpressionCompiler.ITERATIONS_MAX
              + " are allowed",
          "whether a value is in a list is x in lists.<list>, which takes no loop");
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
      problem(ident, "'" + name + "' has parts and is no value itself", names.partHelp(name));
    }
    reads.add(name);
  }

  private void readTable(CelExpr expr, String path) {
    boolean whole = Variable.tableIn(path).equals(path);
    if (whole && !expr.select().testOnly()) {
      problem(expr, "'" + path + "' has parts and is no value itself", names.partHelp(path));
    }
    reads.add(path);
  }

  private static String nameOf(CelExpr ident) {
    String name = ident.ident().name();
    return name.startsWith(".") ? name.substring(1) : name;
  }

  /** Runs a call that hangs on a literal alone, so that it is told now and not in production. */
  private void checkLiteral(CelExpr expr, CelCall call) {
    CelExpr literal = call.args().isEmpty() ? null : call.args().get(call.args().size() - 1);
    boolean all = call.args().size() == 1 || isPattern(call);
    if (literal == null
        || !all
        || literal.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || literal.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return;
    }
    CelExpr trial = trialOf(expr, call, literal);
    if (trial == null) {
      return;
    }
    try {
      runtime.createProgram(CelAbstractSyntaxTree.newParsedAst(trial, ast.getSource())).eval();
    } catch (CelEvaluationException e) {
      problem(
          literal,
          "'" + literal.constant().stringValue() + "' is not " + kindOf(call.function()),
          helpOf(call.function()));
    }
  }

  /** A zone, a network or a unit that stands in the file is one. */
  private void checkTexts(CelExpr expr, CelCall call) {
    LibraryFunction function = Library.find(ast, expr);
    List<CelExpr> arguments = Library.arguments(call);
    for (int i = 0; function != null && i < arguments.size(); i++) {
      Parameter parameter = function.parameters().get(i);
      CelExpr argument = arguments.get(i);
      if (parameter.isRead() && argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
        String text = argument.constant().stringValue();
        try {
          parameter.read(text);
        } catch (CelRuntimeException e) {
          problem(argument, "'" + text + "' is not " + parameter.noun(), parameter.help());
        }
      }
    }
  }

  private static boolean isPattern(CelCall call) {
    return call.function().equals("matches");
  }

  /** Whatever is divided by nothing fails each time. */
  private void checkDivisor(CelCall call) {
    boolean division = call.function().equals("_/_") || call.function().equals("_%_");
    if (division
        && call.args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && call.args().get(1).constant().equals(CelConstant.ofValue(0L))) {
      problem(call.args().get(1), "a division by 0 has no value", "");
    }
  }

  /** A list of several types finds nothing, since values of different types are never the same. */
  private void checkElements(CelExpr list) {
    Set<CelType> types = new LinkedHashSet<>();
    for (CelExpr element : list.list().elements()) {
      types.add(ast.getType(element.id()).orElse(SimpleType.DYN));
    }
    if (types.size() > 1) {
      problem(
          list,
          "a list has values of one type, found "
              + types.stream().map(type -> Operand.typeWord(type.name())).collect(joining(" and ")),
          types.equals(Set.of(SimpleType.INT, SimpleType.DOUBLE))
              ? "write whole numbers with a point as well: 2.0"
              : "");
    }
  }

  private void checkNumber(CelExpr literal) {
    if (literal.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
        && Double.isInfinite(literal.constant().doubleValue())) {
      problem(literal, "a number is out of range", "a double is at most 1.7e308");
    }
  }

  private static @Nullable CelExpr trialOf(CelExpr expr, CelCall call, CelExpr literal) {
    return switch (call.function()) {
      case "decimal", "timestamp", "duration", "int", "double", "bool" -> expr;
      case "matches" ->
          CelExpr.ofCall(
              1,
              Optional.of(CelExpr.ofConstant(2, CelConstant.ofValue(""))),
              "matches",
              ImmutableList.of(literal));
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
          ImmutableList.of(CelExpr.ofConstant(4, CelConstant.ofValue("1970-01-01T00:00:00Z"))));

  private static String kindOf(String function) {
    return switch (function) {
      case "decimal" -> "a decimal";
      case "timestamp" -> "a time";
      case "duration" -> "a duration";
      case "int" -> "an int";
      case "double" -> "a double";
      case "bool" -> "a bool";
      case "matches" -> "a pattern";
      default -> "a time zone";
    };
  }

  private static String helpOf(String function) {
    return switch (function) {
      case "decimal" -> "write it as \"19.99\"";
      case "timestamp" -> "write it as \"2026-01-31T12:00:00Z\"";
      case "duration" -> "write it as \"90s\", \"30m\" or \"1h30m\"";
      case "int" -> "write a whole number, without quotes";
      case "double" -> "write a number, without quotes";
      case "bool" -> "write true or false, without quotes";
      case "matches" ->
          "patterns are those of RE2, at most " + ExpressionCompiler.PATTERN_MAX + " steps long";
      default -> "write it as \"Europe/Madrid\" or \"+02:00\"";
    };
  }

  private void problem(CelExpr at, String message, String help) {
    problems.add(ProblemCode.EXPR_TYPE, places.place(Math.max(0, places.start(at))), message, help);
  }
}
