/**
 * How events come in over HTTP: which stream, in what form, checked, and appended to the log.
 *
 * <p>Here belongs everything between a request and the acknowledged record. What comes back belongs
 * to answer.
 */
@NullMarked
package io.vigia.server.ingest;

import org.jspecify.annotations.NullMarked;
