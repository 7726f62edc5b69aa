/**
 * Wires a run: the embedded servers or the user's own, the Flink jobs, the gateway, and their end.
 *
 * <p>Options and output of the command do not belong here; they hand over {@link
 * io.vigia.cli.run.RunSettings} and are told through {@link io.vigia.cli.run.RunListener}.
 */
@NullMarked
package io.vigia.cli.run;

import org.jspecify.annotations.NullMarked;
