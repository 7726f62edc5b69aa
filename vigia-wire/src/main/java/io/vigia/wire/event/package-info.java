/**
 * Events as bytes: JSON, NDJSON, CloudEvents and CSV, decoded into core's {@code Event}, and the
 * mistakes in them told as problems.
 *
 * <p>Here belongs how a value is written in incoming data and how it is read. One conversion per
 * type serves every format, so that the same value means the same on every way in. What an event
 * means, when it is late or a repetition, does not belong here; neither do topics and requests.
 */
@NullMarked
package io.vigia.wire.event;

import org.jspecify.annotations.NullMarked;
