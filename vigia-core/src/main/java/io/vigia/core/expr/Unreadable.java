package io.vigia.core.expr;

import io.vigia.core.problem.ProblemCode;

/**
 * Why a name that exists in the pipeline cannot be read in an expression.
 *
 * <p><b>Shape.</b> {@code because} completes a sentence that begins with the name: {@code is by
 * card, which …}.
 */
public record Unreadable(ProblemCode code, String because, String help) {

  /** A name whose own declaration was refused, which has been told of already. */
  public static final Unreadable TOLD = new Unreadable(ProblemCode.EXPR_UNKNOWN, "", "");

  /** Whether its declaration has been told of. */
  public boolean isTold() {
    return because.isEmpty();
  }
}
