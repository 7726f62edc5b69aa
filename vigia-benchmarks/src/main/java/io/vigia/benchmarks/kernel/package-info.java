/**
 * What judging costs on one thread without an engine, beside the same work done otherwise: written
 * by hand, or by another library.
 *
 * <p>Here belong the contenders, the clock they are held against and the comparison of what they
 * give. A figure whose contenders disagree is void.
 */
@NullMarked
package io.vigia.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
