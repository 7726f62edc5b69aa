package io.vigia.core.expr;

import io.vigia.core.event.Row;

/**
 * A compiled condition over an event and its features.
 *
 * <p>Immutable and safe for any number of threads; the same row gives the same answer, always.
 */
@FunctionalInterface
public interface Condition {
  Answer test(Row row);
}
