/**
 * The decisions in PostgreSQL: written from the log, first decision wins, and read back.
 *
 * <p>Here belongs everything that speaks SQL but alerts, which have a room of their own. Answering
 * a waiting sender never depends on this room.
 */
@NullMarked
package io.vigia.server.store;

import org.jspecify.annotations.NullMarked;
