/**
 * From what is known about one event to what is decided: rules, outcomes, scores, reasons, alerts.
 *
 * <p>Here belong the rules and the judgement they reach together. How features and matches were
 * computed is in the rooms to the left; carrying out what was decided is not core's affair at all.
 */
@NullMarked
package io.vigia.core.decision;

import org.jspecify.annotations.NullMarked;
