/**
 * What the server knows of the log: the names of topics and headers, the clients, and the set-up of
 * topics at the start.
 *
 * <p>Here belongs what any other room needs to read or write a record. What a record means to a
 * waiting request, to the store or to the page belongs to those rooms.
 */
@NullMarked
package io.vigia.server.topic;

import org.jspecify.annotations.NullMarked;
