package io.vigia.core.decision;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the pipeline file declares it.
 *
 * <p><b>Shape.</b> {@code reason} may hold {@code {{expression}}} and is null when the rule gives
 * none; a rule in {@code shadow} never decides.
 */
public record RuleDefinition(
    Text id, Text on, Text when, Text outcome, int score, @Nullable Text reason, boolean shadow)
    implements Serializable {}
