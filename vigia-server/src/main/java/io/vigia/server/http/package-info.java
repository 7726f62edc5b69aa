/**
 * What every answer over HTTP shares: problems, the checks that come before any handler, routes,
 * files and the server itself.
 *
 * <p>Here belongs what knows nothing of events, decisions and topics. The handlers live in the
 * rooms of what they answer about.
 */
@NullMarked
package io.vigia.server.http;

import org.jspecify.annotations.NullMarked;
