/**
 * The real Kafka, Flink and PostgreSQL inside one process, on the loopback interface, keeping all
 * their data in one folder.
 *
 * <p>Here belongs what starts, stops and watches those servers, and what an end without mercy
 * leaves behind. Topics, tables and jobs do not: they are made through the servers' own interfaces,
 * the same for an embedded server and for one of the user's.
 */
@NullMarked
package io.vigia.embedded;

import org.jspecify.annotations.NullMarked;
