/**
 * Tells time in the log: appends ticks to the partitions in which silences are waited for and that
 * bring no events.
 *
 * <p>Here belongs what decides when a tick is due and what it says. What a tick means to a pipeline
 * belongs to core and to the engine.
 */
@NullMarked
package io.vigia.server.tick;

import org.jspecify.annotations.NullMarked;
