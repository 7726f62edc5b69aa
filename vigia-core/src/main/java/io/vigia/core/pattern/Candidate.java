package io.vigia.core.pattern;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which events can be taken: those of one stream, all of them or those under a condition.
 *
 * <p><b>Shape.</b> {@code where} is null when every event of the stream fits.
 */
public record Candidate(Text on, @Nullable Text where) implements Serializable {}
