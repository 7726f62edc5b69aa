package io.vigia.core.expr;

import io.vigia.core.event.Row;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression of any type, and the names of the variables that it reads.
 *
 * <p><b>Shape.</b> {@link #of} gives a {@link String}, {@link Long}, {@link Double}, {@link
 * Boolean}, {@link java.time.Instant}, {@link java.time.Duration} or {@link java.math.BigDecimal},
 * or null when something it hangs on is missing.
 */
public final class CompiledValue {
  private final Expression expression;
  private final Set<String> reads;

  CompiledValue(Expression expression, Set<String> reads) {
    this.expression = expression;
    this.reads = Set.copyOf(reads);
  }

  public @Nullable Object of(Row row) {
    return expression.value(row);
  }

  Expression expression() {
    return expression;
  }

  public Set<String> reads() {
    return reads;
  }
}
