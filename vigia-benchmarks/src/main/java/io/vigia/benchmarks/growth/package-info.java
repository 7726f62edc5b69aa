/**
 * How the cost of an event grows with rules, keys, windows and hot keys: one process for each
 * point, so that none is compiled for another and each has the heap it needs.
 */
@NullMarked
package io.vigia.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
