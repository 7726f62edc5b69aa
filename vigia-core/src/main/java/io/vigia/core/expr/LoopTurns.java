package io.vigia.core.expr;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.Map;

/**
 * How many turns the loops of an expression take where none ends early: a loop within a loop takes
 * its turns in each turn of the outer one.
 *
 * <p>Known are the lists of the file and those written in the expression; any other counts as one
 * value, and is counted when it is gone through.
 */
final class LoopTurns {
  private final Map<String, ValueList> lists;

  LoopTurns(Map<String, ValueList> lists) {
    this.lists = lists;
  }

  /** The turns of a loop and of all within it; at most {@link Integer#MAX_VALUE}. */
  long of(CelComprehension loop) {
    long inside = in(loop.loopStep()) + in(loop.loopCondition());
    return Math.min(
        Integer.MAX_VALUE,
        in(loop.iterRange()) + size(loop.iterRange()) * (1 + inside) + in(loop.result()));
  }

  private long in(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> in(expr.select().operand());
      case CALL ->
          expr.call().target().map(this::in).orElse(0L)
              + expr.call().args().stream().mapToLong(this::in).sum();
      case LIST -> expr.list().elements().stream().mapToLong(this::in).sum();
      case COMPREHENSION -> of(expr.comprehension());
      default -> 0;
    };
  }

  private long size(CelExpr range) {
    return switch (range.getKind()) {
      case SELECT -> {
        ValueList list = lists.get(range.select().field());
        boolean ours =
            range.select().operand().getKind() == CelExpr.ExprKind.Kind.IDENT
                && range.select().operand().ident().name().equals(Names.LISTS);
        yield ours && list != null ? list.size() : 1;
      }
      case LIST -> range.list().elements().size();
      // What filter and map make is at most as long as what they go through.
      case COMPREHENSION -> size(range.comprehension().iterRange());
      default -> 1;
    };
  }
}
