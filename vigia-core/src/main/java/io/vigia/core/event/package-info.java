/**
 * Events as they come in: streams, their fields and types, identities, and the row that an event
 * becomes.
 *
 * <p>Here belongs what an event is and which values it can carry. Bytes and formats do not: turning
 * JSON or CSV into an event is {@code vigia-wire}. What is computed from events is in the rooms to
 * the right of this one; a row only offers them the slots.
 */
@NullMarked
package io.vigia.core.event;

import org.jspecify.annotations.NullMarked;
