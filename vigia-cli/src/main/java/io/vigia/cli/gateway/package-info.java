/**
 * A running Vigia seen from outside: its address, its answers, and what is told when it gives none.
 *
 * <p>Plain HTTP with the JDK's client, so that commands which only ask start fast.
 */
@NullMarked
package io.vigia.cli.gateway;

import org.jspecify.annotations.NullMarked;
