/**
 * Ordered behaviour of one entity: steps within a time, repetitions, negation.
 *
 * <p>Here belong a pattern's definition, its checks, its partial matches and the matching itself.
 * What a match leads to does not: rules read it as {@code matched.<pattern>}. This room and that of
 * features do not know each other.
 */
@NullMarked
package io.vigia.core.pattern;

import org.jspecify.annotations.NullMarked;
