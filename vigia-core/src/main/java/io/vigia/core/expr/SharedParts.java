package io.vigia.core.expr;

import dev.cel.common.ast.CelExpr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the parts that several conditions have in common and that are worth keeping: calls of
 * functions, membership, arithmetic of decimals and texts, loops. A comparison of numbers is
 * computed again sooner than it is remembered.
 */
final class SharedParts {
  private static final Set<String> CHEAP =
      Set.of(
          "_&&_",
          "_||_",
          "_?_:_",
          "!_",
          "_==_",
          "_!=_",
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "-_",
          "_+_",
          "_-_",
          "_*_",
          "_/_",
          "_%_",
          "@not_strictly_false");

  private final Map<String, Integer> counts = new HashMap<>();

  /** Counts the parts of one condition; one that it has twice counts once. */
  void count(CelExpr expr) {
    Set<String> found = new HashSet<>();
    collect(expr, found);
    found.forEach(part -> counts.merge(part, 1, Integer::sum));
  }

  /** Whether more than one condition has this part. */
  boolean isShared(CelExpr expr) {
    return isDear(expr) && counts.getOrDefault(textOf(expr), 0) > 1;
  }

  private static void collect(CelExpr expr, Set<String> found) {
    if (isDear(expr)) {
      found.add(textOf(expr));
    }
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
      expr.call().target().ifPresent(target -> collect(target, found));
      expr.call().args().forEach(argument -> collect(argument, found));
    }
  }

  private static boolean isDear(CelExpr expr) {
    return switch (expr.getKind()) {
      case COMPREHENSION -> true;
      case CALL -> !CHEAP.contains(expr.call().function());
      default -> false;
    };
  }

  /** The same text for the same expression, wherever it stands. */
  static String textOf(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> expr.constant().getKind() + ":" + expr.constant();
      case IDENT -> expr.ident().name();
      case SELECT ->
          (expr.select().testOnly() ? "has " : "")
              + textOf(expr.select().operand())
              + "."
              + expr.select().field();
      case CALL ->
          expr.call().target().map(target -> textOf(target) + "->").orElse("")
              + expr.call().function()
              + expr.call().args().stream()
                  .map(SharedParts::textOf)
                  .collect(Collectors.joining(", ", "(", ")"));
      case LIST ->
          expr.list().elements().stream()
              .map(SharedParts::textOf)
              .collect(Collectors.joining(", ", "[", "]"));
      case COMPREHENSION -> {
        CelExpr.CelComprehension loop = expr.comprehension();
        yield "loop("
            + String.join(
                "; ",
                loop.iterVar(),
                textOf(loop.iterRange()),
                loop.accuVar(),
                textOf(loop.accuInit()),
                textOf(loop.loopCondition()),
                textOf(loop.loopStep()),
                textOf(loop.result()))
            + ")";
      }
      default -> expr.toString();
    };
  }
}
