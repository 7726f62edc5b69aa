/**
 * The memory of one entity, and its compact, versioned binary form.
 *
 * <p>Here belongs what is kept between two events of a key and how it is written down, split into
 * segments and read again. What a piece of memory means does not: windows and patterns say that in
 * their own rooms. Where the bytes are stored is the engine's affair.
 */
@NullMarked
package io.vigia.core.state;

import org.jspecify.annotations.NullMarked;
