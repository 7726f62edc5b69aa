/**
 * The commands about pipeline files: read, check and test them.
 *
 * <p>What a file means and what is wrong with it is said by wire and core; here it is only shown.
 */
@NullMarked
package io.vigia.cli.pipeline;

import org.jspecify.annotations.NullMarked;
