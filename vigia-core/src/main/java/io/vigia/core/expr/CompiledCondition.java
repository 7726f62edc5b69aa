package io.vigia.core.expr;

import io.vigia.core.event.Row;
import java.util.Set;

/** A compiled condition and the names of the variables that it reads. */
public final class CompiledCondition implements Condition {
  private final Condition program;
  private final Set<String> reads;

  CompiledCondition(Condition program, Set<String> reads) {
    this.program = program;
    this.reads = Set.copyOf(reads);
  }

  @Override
  public Answer test(Row row) {
    return program.test(row);
  }

  public Set<String> reads() {
    return reads;
  }
}
