/**
 * A whole pipeline: its definition, its checking, and the compiled form that engines call.
 *
 * <p>Here belong names and references across sections, the order of the stages, and the one seam to
 * every engine: a stage takes its keyed state and a row, and emits rows. The YAML text it was
 * written in does not; {@code vigia-wire} reads that. What is particular to one section is in that
 * section's room.
 */
@NullMarked
package io.vigia.core.pipeline;

import org.jspecify.annotations.NullMarked;
