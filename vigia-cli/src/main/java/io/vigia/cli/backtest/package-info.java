/**
 * {@code vigia backtest}: decides the events of files as a running Vigia would have, and counts.
 *
 * <p>Here belong the loop over the files, its figures, labels and output. Deciding itself is core's
 * replay; comparing with recorded decisions is in {@code verify}.
 */
@NullMarked
package io.vigia.cli.backtest;

import org.jspecify.annotations.NullMarked;
