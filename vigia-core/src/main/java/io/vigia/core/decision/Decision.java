package io.vigia.core.decision;

import io.vigia.core.event.Event;
import io.vigia.core.event.EventId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for one event, and why.
 *
 * <p><b>Shape.</b> {@code rules} are the live rules that fired, in the order of the file; {@code
 * shadow} those that would have; {@code unknown} those whose answer hung on something missing.
 * {@code features} holds the value of every feature that a fired rule read, by name: a {@link
 * String}, {@link Long}, {@link Double}, {@link Boolean}, {@link java.time.Instant}, {@link
 * java.math.BigDecimal}, a map of such for a feature with parts, or null for a missing one.
 */
public record Decision(
    EventId id,
    String pipeline,
    int version,
    Event event,
    String outcome,
    long score,
    List<Fired> rules,
    List<Fired> shadow,
    List<Unknown> unknown,
    Map<String, @Nullable Object> features,
    boolean late) {

  public Decision {
    rules = List.copyOf(rules);
    shadow = List.copyOf(shadow);
    unknown = List.copyOf(unknown);
    features =
        features.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(features));
  }

  /** A rule that fired, with its vote and its reason (empty when the rule gives none). */
  public record Fired(String rule, String outcome, int score, String reason) {}

  /** A rule that could not be answered, and what it lacked. */
  public record Unknown(String rule, String because) {}
}
