/**
 * Whether the way from a request to its answer is open, and how we know.
 *
 * <p>Here belongs what finds out and says so. Repairing does not.
 */
@NullMarked
package io.vigia.server.health;

import org.jspecify.annotations.NullMarked;
