/**
 * How a waiting sender gets its answer: who waits, what comes back through the decisions topic, and
 * what is answered when nothing comes in time.
 *
 * <p>Here belongs what happens between the publishing of an event and the answer's bytes. Taking
 * the request apart belongs to ingest, keeping decisions to store.
 */
@NullMarked
package io.vigia.server.answer;

import org.jspecify.annotations.NullMarked;
