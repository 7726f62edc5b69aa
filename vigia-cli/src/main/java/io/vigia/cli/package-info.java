/**
 * The {@code vigia} command: reads the options and wires a run, embedded or not.
 *
 * <p>Here belong the commands, their options, what they print, and their exit codes: 0 done, 1 the
 * user's input is wrong, 2 the environment failed. This is the one place where all modules meet,
 * and the wiring is plain constructors. Work that a second caller could want belongs to another
 * module.
 */
@NullMarked
package io.vigia.cli;

import org.jspecify.annotations.NullMarked;
