/**
 * What is wrong, said so that it can be put right: problems with their codes, places and help.
 *
 * <p>Here belongs everything that reports a mistake or a failure, and nothing that finds one: each
 * other room checks what it knows and says so in these values. This room knows no other room.
 */
@NullMarked
package io.vigia.core.problem;

import org.jspecify.annotations.NullMarked;
