/** What one condition costs, compiled and interpreted. */
@NullMarked
package io.vigia.benchmarks.expressions;

import org.jspecify.annotations.NullMarked;
