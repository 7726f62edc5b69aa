/**
 * What is measured with: made-up card payments and the pipeline that judges them.
 *
 * <p>Here belong workloads, each a pipeline and a source of events that gives the same events every
 * time; how they are run and timed belongs to the other packages.
 */
@NullMarked
package io.vigia.benchmarks.payments;

import org.jspecify.annotations.NullMarked;
