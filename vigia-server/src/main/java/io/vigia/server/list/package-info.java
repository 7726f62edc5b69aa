/**
 * Lists that change while a pipeline runs: what is known of them, how they are shown, how they are
 * changed.
 *
 * <p>Here belongs everything between a request and the topic {@code <pipeline>.lists}. What a
 * change means for an event does not: that is said in {@code core.event}.
 */
@NullMarked
package io.vigia.server.list;

import org.jspecify.annotations.NullMarked;
