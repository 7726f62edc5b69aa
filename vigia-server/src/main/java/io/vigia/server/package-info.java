/**
 * The HTTP gateway, the console, the decision store and the alerts.
 *
 * <p>Here belongs everything that faces a user over HTTP or keeps decisions in PostgreSQL. This
 * module knows topics and no engine: it would not notice if another processor wrote the decisions.
 * Starting Kafka or PostgreSQL does not belong here; it is given addresses.
 */
@NullMarked
package io.vigia.server;

import org.jspecify.annotations.NullMarked;
