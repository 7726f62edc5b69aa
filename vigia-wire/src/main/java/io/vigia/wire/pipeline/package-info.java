/**
 * The pipeline file: its text with positions, its grammar, and what is read from it.
 *
 * <p>The way of a file is {@code bytes → SourceText → YamlNode → FormChecker → PipelineDefinition}:
 * decoding, YAML, the words of {@link io.vigia.wire.pipeline.PipelineGrammar}, definitions. Every
 * phase collects problems and goes on, so that one reading tells them all. The JSON Schema comes
 * from the same grammar.
 *
 * <p>What the names in a file refer to and whether its types fit does not belong here; {@code
 * vigia-core} checks that when it compiles the definition.
 */
@NullMarked
package io.vigia.wire.pipeline;

import org.jspecify.annotations.NullMarked;
