/** {@code vigia tail}: shows decisions and alerts of a running Vigia as they are made. */
@NullMarked
package io.vigia.cli.tail;

import org.jspecify.annotations.NullMarked;
