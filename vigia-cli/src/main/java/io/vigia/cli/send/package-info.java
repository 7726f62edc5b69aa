/**
 * {@code vigia send}: brings the events of files into a running Vigia, in order and without loss.
 *
 * <p>Here belong batches, pace, retries and the place to go on from. Reading files is wire's.
 */
@NullMarked
package io.vigia.cli.send;

import org.jspecify.annotations.NullMarked;
