package io.vigia.core.expr;

import io.vigia.core.event.Row;
import java.util.Set;

/** A compiled condition and the names of the variables that it reads. */
public final class CompiledCondition implements Condition {
  private final Expression expression;
  private final Set<String> reads;

  CompiledCondition(Expression expression, Set<String> reads) {
    this.expression = expression;
    this.reads = Set.copyOf(reads);
  }

  @Override
  public Answer test(Row row) {
    return expression.test(row);
  }

  Expression expression() {
    return expression;
  }

  public Set<String> reads() {
    return reads;
  }
}
