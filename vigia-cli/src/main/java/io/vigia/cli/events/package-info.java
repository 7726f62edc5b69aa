/**
 * What the commands that read files of events have in common: which files an option names, the
 * lines that are no good, and the order in which events of several streams arrive.
 *
 * <p>Reading and decoding itself belongs to wire.
 */
@NullMarked
package io.vigia.cli.events;

import org.jspecify.annotations.NullMarked;
