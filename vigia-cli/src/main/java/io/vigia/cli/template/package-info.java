/**
 * {@code vigia init}: pipelines to begin with, as they lie in the project's examples.
 *
 * <p>The build packs {@code examples/} into this module's resources under {@code templates/}.
 */
@NullMarked
package io.vigia.cli.template;

import org.jspecify.annotations.NullMarked;
