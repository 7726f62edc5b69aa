/**
 * Measurements: JMH for the inside, end-to-end runs at a fixed arrival rate for the whole.
 *
 * <p>A JMH benchmark stands in the package of the room that it measures, so that it can reach
 * package-private types; here belong the end-to-end runs and what they share. Nothing depends on
 * this module, it is never published, and a check that can fail is a test and belongs elsewhere.
 */
@NullMarked
package io.vigia.benchmarks;

import org.jspecify.annotations.NullMarked;
