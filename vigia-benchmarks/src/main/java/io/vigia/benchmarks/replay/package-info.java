/** How many events a second the core judges alone: one thread, no engine, no JSON. */
@NullMarked
package io.vigia.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
