package io.vigia.core.event;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A field of a stream as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code from} is the name in the incoming data (the field's own name unless
 * renamed); {@code format} says how a timestamp is written, null for ISO 8601 or epoch
 * milliseconds.
 */
public record FieldDefinition(
    Text name, FieldType type, boolean optional, String from, @Nullable TimeFormat format)
    implements Serializable {}
