/**
 * Conditions and values in CEL: parsed, type-checked against the declared names, and evaluated.
 *
 * <p>This is the only room that knows {@code dev.cel}; none of its types leaves this room. Here
 * belong types, overloads, missing values and the mistakes an author makes in an expression. What
 * an expression is used for (a rule, a filter, a step) does not.
 */
@NullMarked
package io.vigia.core.expr;

import org.jspecify.annotations.NullMarked;
