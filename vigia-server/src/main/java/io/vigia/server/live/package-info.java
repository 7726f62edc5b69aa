/**
 * What is seen from outside while it happens: counts, latencies and the stream of decisions and
 * alerts to the page.
 *
 * <p>Here belongs what only watches. Nothing waits for this room, and it may lose what it cannot
 * show.
 */
@NullMarked
package io.vigia.server.live;

import org.jspecify.annotations.NullMarked;
