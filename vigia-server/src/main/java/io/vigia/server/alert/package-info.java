/**
 * Alerts: which decisions raise one, which fold into one that was raised, and how they get to the
 * log and to who asks.
 *
 * <p>Here belongs everything between a stored decision and the alerts topic. Sending mails or
 * calling web hooks does not: that reads the topic.
 */
@NullMarked
package io.vigia.server.alert;

import org.jspecify.annotations.NullMarked;
