/**
 * The load: a process of its own that sends requests on schedule and measures their answers.
 *
 * <p>Here belongs what both sides of that process need, and nothing about what is measured: it
 * knows addresses, payments and latencies.
 */
@NullMarked
package io.vigia.benchmarks.load;

import org.jspecify.annotations.NullMarked;
