/**
 * {@code vigia lists}: shows and changes the lists of a running Vigia.
 *
 * <p>Everything here goes through its HTTP interface; what a change means is decided there.
 */
@NullMarked
package io.vigia.cli.lists;

import org.jspecify.annotations.NullMarked;
