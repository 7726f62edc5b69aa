package io.vigia.wire.event;

import io.vigia.core.event.Event;

/**
 * One event of a file.
 *
 * <p><b>Shape.</b> {@code json} is the event's data as it is sent, decoding to the same event;
 * empty where it was not asked for. {@code envelope} holds file and line where the stream's id
 * comes from them. {@code line} is where the record begins, from 1, the header of a CSV file
 * included.
 */
public record FileEvent(Event event, Envelope envelope, byte[] json, String file, int line) {}
