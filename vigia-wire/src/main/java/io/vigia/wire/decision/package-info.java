/**
 * Decisions as bytes, and the other records that stand beside them in the decisions topic.
 *
 * <p>Here belongs the one shape that a decision has on the topic, in the store, in the answer and
 * on the page, with the way back from bytes. Topics, stores and answers themselves do not belong
 * here.
 */
@NullMarked
package io.vigia.wire.decision;

import org.jspecify.annotations.NullMarked;
