/**
 * Changes of lists: as records of their topic, as what people send, as what they are shown.
 *
 * <p>What a change means is said in {@code core.event}; how it travels is none of this package's
 * affair.
 */
@NullMarked
package io.vigia.wire.list;

import org.jspecify.annotations.NullMarked;
