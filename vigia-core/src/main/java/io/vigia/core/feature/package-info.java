/**
 * Values per entity over exact windows: counts, sums, means, distinct counts and the like.
 *
 * <p>Here belong windows and aggregations, each with the proof that it equals the value recomputed
 * from the window's events. Ordered behaviour is a pattern, not a feature; the two rooms do not
 * know each other.
 */
@NullMarked
package io.vigia.core.feature;

import org.jspecify.annotations.NullMarked;
