/**
 * What a person at the terminal sees: results, notes, problems, progress, and the one line of JSON
 * for programs.
 *
 * <p>Here belongs how something is shown, never what. Results go to standard output; notes,
 * problems and progress to standard error.
 */
@NullMarked
package io.vigia.cli.terminal;

import org.jspecify.annotations.NullMarked;
