/**
 * How long the answer to {@code decide} takes, beside an echo through the same Kafka in the same
 * run.
 */
@NullMarked
package io.vigia.benchmarks.decide;

import org.jspecify.annotations.NullMarked;
