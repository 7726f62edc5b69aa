/**
 * Runs a compiled pipeline over given events, one after the other, with the same result every time.
 *
 * <p>Here belong the sequential run, the tests written in a pipeline file, and the comparison of
 * decisions. Reading the events from files does not. No engine is involved: this run is the
 * yardstick that every engine is held against.
 */
@NullMarked
package io.vigia.core.replay;

import org.jspecify.annotations.NullMarked;
