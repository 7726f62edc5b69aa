package io.vigia.core.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import io.vigia.core.problem.Place;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a parsed expression begin.
 *
 * <p>CEL points at the dot of a selection, at the operator of an operation and at the parenthesis
 * of a call; people look at where something begins.
 */
final class ExpressionPlaces {
  private final ExpressionText text;
  private final CelAbstractSyntaxTree ast;

  ExpressionPlaces(ExpressionText text, CelAbstractSyntaxTree ast) {
    this.text = text;
    this.ast = ast;
  }

  Place place(int offset) {
    return text.place(offset);
  }

  /** Where an operand begins; {@code otherwise} when that is not known. */
  int start(@Nullable Operand operand, int otherwise) {
    CelExpr expr = operand == null ? null : operand.expr();
    int start = expr == null ? -1 : start(expr);
    return start < 0 ? otherwise : start;
  }

  /** Where an expression begins, or -1. */
  int start(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> expr.select().testOnly() ? macro("has", expr) : start(expr.select().operand());
      case CALL -> {
        String function = expr.call().function();
        if (expr.call().target().isPresent()) {
          yield start(expr.call().target().get());
        }
        boolean between = function.startsWith("_") || function.equals("@in");
        if (between && !expr.call().args().isEmpty()) {
          yield start(expr.call().args().get(0));
        }
        yield function.endsWith("_") ? position(expr) : macro(function, expr);
      }
      case COMPREHENSION -> start(expr.comprehension().iterRange());
      default -> position(expr);
    };
  }

  private int macro(String name, CelExpr expr) {
    int position = position(expr);
    return position < 0 ? -1 : nameBefore(name, position);
  }

  /** Where CEL points, or -1. */
  int position(CelExpr expr) {
    return ast.getSource().getPositionsMap().getOrDefault(expr.id(), -1);
  }

  /** Where a function's name begins that ends before its parenthesis at {@code at}. */
  int nameBefore(String name, int at) {
    return text.nameBefore(name, at);
  }

  /** Whether {@code sign} follows an operand before anything else does. */
  boolean hasBehind(Operand operand, int at, String sign) {
    int from = start(operand, at);
    int end = from;
    while (ExpressionText.isWord(text.at(end)) || text.at(end) == '.') {
      end++;
    }
    return text.slice(end, end + sign.length()).equals(sign);
  }
}
