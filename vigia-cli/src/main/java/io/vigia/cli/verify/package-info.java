/**
 * {@code vigia backtest --verify}: holds the decisions of a replay against those that were
 * recorded.
 *
 * <p>What must be equal is what design section 3.11 promises; {@code PromisedParts} says which
 * features and rules that are.
 */
@NullMarked
package io.vigia.cli.verify;

import org.jspecify.annotations.NullMarked;
